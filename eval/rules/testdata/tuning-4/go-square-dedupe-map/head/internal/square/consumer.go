package square

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

type Event struct {
	ID        string
	Type      string
	PaymentID string
	OrderID   string
	AmountMin int64
	Currency  string
	CreatedAt time.Time
}

type Ledger interface {
	Book(ctx context.Context, orderID string, amount int64, currency string) error
}

var ErrUnknownType = errors.New("unknown square event type")

// Consumer is called by the verified webhook route; the service runs with three replicas.
type Consumer struct {
	ledger Ledger
	mu     sync.Mutex
	seen   map[string]time.Time
}

func NewConsumer(ledger Ledger) *Consumer {
	return &Consumer{ledger: ledger, seen: make(map[string]time.Time)}
}

func (c *Consumer) known(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.seen[id]
	return ok
}

func (c *Consumer) mark(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen[id] = time.Now()
}

func (c *Consumer) Handle(ctx context.Context, ev Event) error {
	if c.known(ev.ID) {
		slog.InfoContext(ctx, "square event already handled", "id", ev.ID)
		return nil
	}

	switch ev.Type {
	case "payment.updated":
		if err := c.ledger.Book(ctx, ev.OrderID, ev.AmountMin, ev.Currency); err != nil {
			return fmt.Errorf("book payment %s: %w", ev.PaymentID, err)
		}
	default:
		return fmt.Errorf("%w: %s", ErrUnknownType, ev.Type)
	}

	c.mark(ev.ID)
	return nil
}
