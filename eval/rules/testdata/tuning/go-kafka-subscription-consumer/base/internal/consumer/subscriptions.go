package consumer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"github.com/segmentio/kafka-go"
)

type SubscriptionChanged struct {
	SubscriptionID string `json:"subscription_id"`
	Plan           string `json:"plan"`
	Version        int64  `json:"version"`
}

type Applier interface {
	// Apply ignores versions that are not newer than the stored one.
	Apply(ctx context.Context, ev SubscriptionChanged) error
}

type DeadLetters interface {
	Publish(ctx context.Context, msg kafka.Message, cause error) error
}

type Subscriptions struct {
	reader  *kafka.Reader
	applier Applier
	dlq     DeadLetters
	log     *slog.Logger
}

func (s *Subscriptions) Run(ctx context.Context) error {
	for {
		msg, err := s.reader.FetchMessage(ctx)
		if errors.Is(err, context.Canceled) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("fetch: %w", err)
		}

		if err := s.handle(ctx, msg); err != nil {
			if dlqErr := s.dlq.Publish(ctx, msg, err); dlqErr != nil {
				return fmt.Errorf("offset %d: %w", msg.Offset, errors.Join(err, dlqErr))
			}
			s.log.ErrorContext(ctx, "event moved to DLQ", "offset", msg.Offset, "err", err)
		}
		if err := s.reader.CommitMessages(ctx, msg); err != nil {
			return fmt.Errorf("commit: %w", err)
		}
	}
}

func (s *Subscriptions) handle(ctx context.Context, msg kafka.Message) error {
	var ev SubscriptionChanged
	if err := json.Unmarshal(msg.Value, &ev); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	if ev.SubscriptionID == "" || ev.Version <= 0 {
		return fmt.Errorf("incomplete event at offset %d", msg.Offset)
	}
	return s.applier.Apply(ctx, ev)
}
