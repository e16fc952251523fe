package shipments

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"cloud.google.com/go/pubsub"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

var errDuplicate = errors.New("message already applied")

type event struct {
	ID         string    `json:"id"`
	ShipmentID string    `json:"shipment_id"`
	State      string    `json:"state"`
	OccurredAt time.Time `json:"occurred_at"`
}

type Subscriber struct {
	db  *pgxpool.Pool
	sub *pubsub.Subscription
	log *slog.Logger
}

func NewSubscriber(db *pgxpool.Pool, sub *pubsub.Subscription, log *slog.Logger) *Subscriber {
	sub.ReceiveSettings.MaxOutstandingMessages = 100
	sub.ReceiveSettings.MaxExtension = 5 * time.Minute
	return &Subscriber{db: db, sub: sub, log: log}
}

// Run blocks. The subscription has a dead-letter topic after ten deliveries and a retry policy with backoff.
func (s *Subscriber) Run(ctx context.Context) error {
	return s.sub.Receive(ctx, func(ctx context.Context, m *pubsub.Message) {
		err := s.apply(ctx, m.Data)
		if err != nil && !errors.Is(err, errDuplicate) {
			s.log.Error("shipment event failed", "message", m.ID, "attempt", m.DeliveryAttempt, "err", err)
			m.Nack()
			return
		}
		m.Ack()
	})
}

func (s *Subscriber) apply(ctx context.Context, data []byte) error {
	var e event
	if err := json.Unmarshal(data, &e); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	if e.ID == "" || e.ShipmentID == "" {
		return errors.New("event without id")
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `INSERT INTO applied_event (id) VALUES ($1) ON CONFLICT DO NOTHING`, e.ID)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return errDuplicate
		}
		_, err = tx.Exec(ctx, `
			UPDATE shipment SET state = $2, state_at = $3
			WHERE id = $1 AND (state_at IS NULL OR state_at < $3)`, e.ShipmentID, e.State, e.OccurredAt)
		return err
	})
}
