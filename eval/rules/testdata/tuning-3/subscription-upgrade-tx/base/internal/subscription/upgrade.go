package subscription

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type Service struct {
	db *pgxpool.Pool
}

func NewService(db *pgxpool.Pool) *Service {
	return &Service{db: db}
}

func (s *Service) Upgrade(ctx context.Context, accountID int64, plan string) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		var (
			subID   string
			current string
		)
		err := tx.QueryRow(ctx,
			`SELECT recurly_id, plan FROM subscription WHERE account_id = $1 FOR UPDATE`, accountID).Scan(&subID, &current)
		if err != nil {
			return fmt.Errorf("load subscription of %d: %w", accountID, err)
		}
		if current == plan {
			return nil
		}

		payload, err := json.Marshal(map[string]string{"subscription": subID, "plan": plan})
		if err != nil {
			return err
		}
		// the outbox worker calls Recurly and sets plan and renews_at from its answer
		if _, err := tx.Exec(ctx,
			`INSERT INTO outbox (topic, payload) VALUES ('recurly.change_plan', $1)`, payload); err != nil {
			return err
		}
		_, err = tx.Exec(ctx,
			`INSERT INTO plan_history (account_id, from_plan, to_plan) VALUES ($1, $2, $3)`, accountID, current, plan)
		return err
	})
}
