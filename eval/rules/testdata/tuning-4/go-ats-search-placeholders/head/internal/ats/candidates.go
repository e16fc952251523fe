package ats

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/lib/pq"
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
		if _, err := s.db.ExecContext(
			ctx,
			`UPDATE candidates
			 SET first_name = $1, last_name = $2, tags = $3, ats_updated_at = $5
			 WHERE ats_id = $4 AND ats_updated_at < $5`,
			c.FirstName, c.LastName, pq.Array(c.Tags), c.ID, c.UpdatedAt,
		); err != nil {
			return fmt.Errorf("update candidate %d: %w", c.ID, err)
		}
	}
	return nil
}
