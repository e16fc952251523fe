package events

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/shopspring/decimal"
)

// OrderPlaced is read by the services of fulfilment, CRM and by two partners.
type OrderPlaced struct {
	Type       string    `json:"type"`
	Version    int       `json:"version"`
	OrderID    string    `json:"id"`
	CustomerID string    `json:"customer_id"`
	Total      string    `json:"total"`
	Currency   string    `json:"currency"`
	PlacedAt   time.Time `json:"placed_at"`
}

type Publisher struct {
	writer *kafka.Writer
}

func NewPublisher(writer *kafka.Writer) *Publisher {
	writer.RequiredAcks = kafka.RequireAll
	return &Publisher{writer: writer}
}

func (p *Publisher) OrderPlaced(ctx context.Context, id, customer string, cents int64, currency string, at time.Time) error {
	value, err := json.Marshal(OrderPlaced{
		Type:       "order.placed",
		Version:    1,
		OrderID:    id,
		CustomerID: customer,
		Total:      decimal.New(cents, -2).StringFixed(2),
		Currency:   currency,
		PlacedAt:   at.UTC(),
	})
	if err != nil {
		return fmt.Errorf("events: encode order.placed: %w", err)
	}
	if err := p.writer.WriteMessages(ctx, kafka.Message{Key: []byte(id), Value: value}); err != nil {
		return fmt.Errorf("events: publish order.placed %s: %w", id, err)
	}
	return nil
}
