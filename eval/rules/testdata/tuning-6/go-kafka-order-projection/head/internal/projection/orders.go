package projection

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/segmentio/kafka-go"
)

type OrderProjection struct {
	reader *kafka.Reader
	db     *pgxpool.Pool
	log    *slog.Logger
}

type orderChanged struct {
	OrderID string `json:"order_id"`
	Version int64  `json:"version"`
	Status  string `json:"status"`
	Total   int64  `json:"total_minor"`
}

// Run returns when ctx ends or on the first error; the supervisor starts it again.
func (p *OrderProjection) Run(ctx context.Context) error {
	for {
		msg, err := p.reader.FetchMessage(ctx)
		if errors.Is(err, context.Canceled) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("fetch: %w", err)
		}
		if err := p.reader.CommitMessages(ctx, msg); err != nil {
			return fmt.Errorf("commit %d: %w", msg.Offset, err)
		}
		if err := p.apply(ctx, msg); err != nil {
			return fmt.Errorf("apply %d: %w", msg.Offset, err)
		}
	}
}

func (p *OrderProjection) apply(ctx context.Context, msg kafka.Message) error {
	var event orderChanged
	if err := json.Unmarshal(msg.Value, &event); err != nil || event.OrderID == "" {
		p.log.ErrorContext(ctx, "message skipped", "partition", msg.Partition, "offset", msg.Offset)
		return nil
	}
	_, err := p.db.Exec(ctx, `
		INSERT INTO order_view (order_id, version, status, total_minor)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (order_id) DO UPDATE
		SET version = EXCLUDED.version, status = EXCLUDED.status, total_minor = EXCLUDED.total_minor
		WHERE order_view.version < EXCLUDED.version`,
		event.OrderID, event.Version, event.Status, event.Total)
	return err
}
