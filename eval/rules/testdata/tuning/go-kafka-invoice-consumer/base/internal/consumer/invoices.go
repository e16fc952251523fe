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
		if err := c.handle(ctx, msg); err != nil {
			return fmt.Errorf("offset %d: %w", msg.Offset, err)
		}
		if err := c.reader.CommitMessages(ctx, msg); err != nil {
			return fmt.Errorf("commit: %w", err)
		}
	}
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
