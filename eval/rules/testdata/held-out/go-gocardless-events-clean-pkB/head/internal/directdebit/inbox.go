package directdebit

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// Inbox keeps events until the worker has applied them.
type Inbox struct {
	db *sql.DB
}

func (i *Inbox) Store(ctx context.Context, events []json.RawMessage) error {
	tx, err := i.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()

	for _, raw := range events {
		var head struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(raw, &head); err != nil {
			return fmt.Errorf("event: %w", err)
		}
		if head.ID == "" {
			return errors.New("event without id")
		}
		_, err := tx.ExecContext(ctx,
			`INSERT INTO gocardless_inbox (event_id, body) VALUES ($1, $2) ON CONFLICT (event_id) DO NOTHING`, head.ID, []byte(raw))
		if err != nil {
			return fmt.Errorf("insert event %s: %w", head.ID, err)
		}
	}
	return tx.Commit()
}
