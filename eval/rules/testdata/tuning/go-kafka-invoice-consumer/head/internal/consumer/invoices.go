package consumer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/segmentio/kafka-go"
)

const maxAttempts = 4

var errPermanent = errors.New("permanent")

type InvoiceEvent struct {
	InvoiceID string `json:"invoice_id"`
	Revision  int64  `json:"revision"`
	TotalCts  int64  `json:"total_cents"`
}

type Projector interface {
	// Project is idempotent per invoice and revision.
	Project(ctx context.Context, ev InvoiceEvent) error
}

type Invoices struct {
	reader    *kafka.Reader
	dlq       *kafka.Writer
	projector Projector
	log       *slog.Logger
}

func (c *Invoices) Run(ctx context.Context) error {
	for {
		msg, err := c.reader.FetchMessage(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return fmt.Errorf("fetch: %w", err)
		}
		if err := c.withRetry(ctx, msg); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			if err := c.park(ctx, msg, err); err != nil {
				return err
			}
		}
		if err := c.reader.CommitMessages(ctx, msg); err != nil {
			return fmt.Errorf("commit: %w", err)
		}
	}
}

func (c *Invoices) withRetry(ctx context.Context, msg kafka.Message) error {
	var err error
	for attempt := 0; attempt < maxAttempts; attempt++ {
		if err = c.handle(ctx, msg); err == nil || errors.Is(err, errPermanent) {
			return err
		}
		wait := time.Duration(1<<attempt)*250*time.Millisecond + rand.N(250*time.Millisecond)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
	return err
}

func (c *Invoices) park(ctx context.Context, msg kafka.Message, cause error) error {
	c.log.ErrorContext(ctx, "invoice event parked", "partition", msg.Partition, "offset", msg.Offset, "err", cause)
	err := c.dlq.WriteMessages(ctx, kafka.Message{Key: msg.Key, Value: msg.Value, Headers: msg.Headers})
	if err != nil {
		return fmt.Errorf("park offset %d: %w", msg.Offset, err)
	}
	return nil
}

func (c *Invoices) handle(ctx context.Context, msg kafka.Message) error {
	var ev InvoiceEvent
	if err := json.Unmarshal(msg.Value, &ev); err != nil {
		return fmt.Errorf("%w: decode: %v", errPermanent, err)
	}
	if ev.InvoiceID == "" || ev.Revision <= 0 || ev.TotalCts < 0 {
		return fmt.Errorf("%w: incomplete invoice event", errPermanent)
	}
	return c.projector.Project(ctx, ev)
}
