package analytics

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

type Kind string

const (
	Identify Kind = "identify"
	Track    Kind = "track"
	Page     Kind = "page"
)

var tables = map[Kind]string{
	Identify: "segment_identifies",
	Track:    "segment_tracks",
	Page:     "segment_pages",
}

type Event struct {
	MessageID   string
	AnonymousID string
	Kind        Kind
	Name        string
	Properties  []byte
	SentAt      time.Time
}

type Store struct {
	db *sql.DB
}

func NewStore(db *sql.DB) *Store {
	return &Store{db: db}
}

// Insert returns false for an event that is stored already.
func (s *Store) Insert(ctx context.Context, e Event) (bool, error) {
	table, ok := tables[e.Kind]
	if !ok {
		return false, fmt.Errorf("analytics: unknown kind %q", e.Kind)
	}
	query := fmt.Sprintf(`INSERT INTO %s (message_id, anonymous_id, name, properties, sent_at)
		VALUES ($1, $2, $3, $4, $5) ON CONFLICT (message_id) DO NOTHING`, table)
	res, err := s.db.ExecContext(ctx, query, e.MessageID, e.AnonymousID, e.Name, e.Properties, e.SentAt.UTC())
	if err != nil {
		return false, fmt.Errorf("analytics: insert %s: %w", e.MessageID, err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("analytics: insert %s: %w", e.MessageID, err)
	}
	return n == 1, nil
}
