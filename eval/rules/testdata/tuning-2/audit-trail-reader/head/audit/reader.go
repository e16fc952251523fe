package audit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/segmentio/kafka-go"
)

type entry struct {
	ID     string    `json:"id"`
	Actor  string    `json:"actor"`
	Action string    `json:"action"`
	At     time.Time `json:"at"`
}

type Reader struct {
	Source *kafka.Reader // with GroupID, without CommitInterval
	Dead   *kafka.Writer // RequiredAcks: kafka.RequireAll
	Pool   *pgxpool.Pool
}

// Run returns nil when ctx ends. Any other return makes the supervisor start
// the process again, which then reads the uncommitted message once more.
func (r *Reader) Run(ctx context.Context) error {
	for {
		m, err := r.Source.FetchMessage(ctx)
		if err != nil {
			if errors.Is(err, context.Canceled) {
				return nil
			}
			return fmt.Errorf("audit: fetch: %w", err)
		}
		if err := r.one(ctx, m); err != nil {
			return fmt.Errorf("audit: offset %d of partition %d: %w", m.Offset, m.Partition, err)
		}
		if err := r.Source.CommitMessages(ctx, m); err != nil {
			return fmt.Errorf("audit: commit: %w", err)
		}
	}
}

func (r *Reader) one(ctx context.Context, m kafka.Message) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()

	var e entry
	if err := json.Unmarshal(m.Value, &e); err != nil || e.ID == "" || e.At.IsZero() {
		slog.Warn("malformed entry parked", "partition", m.Partition, "offset", m.Offset)
		return r.Dead.WriteMessages(ctx, kafka.Message{Key: m.Key, Value: m.Value})
	}
	_, err := r.Pool.Exec(ctx,
		`INSERT INTO audit_trail (id, actor, action, at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING`,
		e.ID, e.Actor, e.Action, e.At)
	return err
}
