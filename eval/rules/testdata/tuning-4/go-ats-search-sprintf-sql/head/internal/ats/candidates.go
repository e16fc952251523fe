package ats

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

var ErrMalformed = errors.New("malformed candidate event")

type candidateEvent struct {
	Action  string `json:"action"`
	Payload struct {
		Candidate struct {
			ID        int64     `json:"id"`
			FirstName string    `json:"first_name"`
			LastName  string    `json:"last_name"`
			Tags      []string  `json:"tags"`
			UpdatedAt time.Time `json:"updated_at"`
		} `json:"candidate"`
	} `json:"payload"`
}

type Store struct {
	db *sql.DB
}

func NewStore(db *sql.DB) *Store {
	return &Store{db: db}
}

// ApplyCandidateEvent receives bodies that the hook middleware has authenticated.
func (s *Store) ApplyCandidateEvent(ctx context.Context, body []byte) error {
	var ev candidateEvent
	if err := json.Unmarshal(body, &ev); err != nil {
		return fmt.Errorf("%w: %v", ErrMalformed, err)
	}
	c := ev.Payload.Candidate
	if c.ID == 0 || c.LastName == "" {
		return ErrMalformed
	}

	switch ev.Action {
	case "delete_candidate":
		_, err := s.db.ExecContext(ctx, `DELETE FROM candidates WHERE ats_id = $1`, c.ID)
		return err
	case "update_candidate":
		query := fmt.Sprintf(
			`UPDATE candidates SET first_name = '%s', last_name = '%s', tags = '{%s}', ats_updated_at = '%s' WHERE ats_id = %d AND ats_updated_at < '%[4]s'`,
			c.FirstName, c.LastName, strings.Join(c.Tags, ","), c.UpdatedAt.Format(time.RFC3339Nano), c.ID,
		)
		if _, err := s.db.ExecContext(ctx, query); err != nil {
			return fmt.Errorf("update candidate %d: %w", c.ID, err)
		}
	}
	return nil
}
