package subscription

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/northpantry/billing/internal/recurly"
)

type Service struct {
	db      *pgxpool.Pool
	recurly *recurly.Client
}

func NewService(db *pgxpool.Pool, rc *recurly.Client) *Service {
	return &Service{db: db, recurly: rc}
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

		callCtx, cancel := context.WithTimeout(ctx, 20*time.Second)
		defer cancel()
		change, err := s.recurly.ChangePlan(callCtx, subID, plan)
		if err != nil {
			return fmt.Errorf("change plan of %s: %w", subID, err)
		}

		if _, err := tx.Exec(ctx,
			`UPDATE subscription SET plan = $2, renews_at = $3 WHERE account_id = $1`,
			accountID, plan, change.RenewsAt); err != nil {
			return err
		}
		_, err = tx.Exec(ctx,
			`INSERT INTO plan_history (account_id, from_plan, to_plan) VALUES ($1, $2, $3)`, accountID, current, plan)
		return err
	})
}
