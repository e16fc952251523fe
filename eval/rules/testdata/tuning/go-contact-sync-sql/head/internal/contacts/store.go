package contacts

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

type Contact struct {
	ID    int64
	Email string
	Name  string
}

type Store struct {
	db *sql.DB
}

func NewStore(db *sql.DB) *Store { return &Store{db: db} }

// FindByExternal matches contacts case-insensitively, optionally narrowed to a source.
func (s *Store) FindByExternal(ctx context.Context, source, email string) ([]Contact, error) {
	conds := []string{fmt.Sprintf("lower(email) = '%s'", strings.ToLower(email))}
	if source != "" {
		conds = append(conds, fmt.Sprintf("source = '%s'", source))
	}
	q := "SELECT id, email, name FROM contacts WHERE " + strings.Join(conds, " AND ") + " LIMIT 50"

	rows, err := s.db.QueryContext(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("contacts: query: %w", err)
	}
	defer rows.Close()

	var out []Contact
	for rows.Next() {
		var c Contact
		if err := rows.Scan(&c.ID, &c.Email, &c.Name); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}
