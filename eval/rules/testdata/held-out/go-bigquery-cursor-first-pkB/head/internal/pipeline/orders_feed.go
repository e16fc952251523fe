package pipeline

import (
	"context"
	"fmt"
	"time"

	"cloud.google.com/go/bigquery"
	"go.uber.org/zap"
)

type OrdersFeed struct {
	source  ChangeSource
	cursors CursorStore
	table   *bigquery.Table
	log     *zap.Logger
}

type orderRow struct {
	OrderID   string    `bigquery:"order_id"`
	Status    string    `bigquery:"status"`
	UpdatedAt time.Time `bigquery:"updated_at"`
}

// Save gives BigQuery an insert id so that repeated rows are dropped.
func (r orderRow) Save() (map[string]bigquery.Value, string, error) {
	return map[string]bigquery.Value{
		"order_id":   r.OrderID,
		"status":     r.Status,
		"updated_at": r.UpdatedAt,
	}, fmt.Sprintf("%s-%d", r.OrderID, r.UpdatedAt.UnixNano()), nil
}

// Step moves one batch of changed orders into the warehouse.
func (f *OrdersFeed) Step(ctx context.Context) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()

	cursor, err := f.cursors.Load(ctx, "orders")
	if err != nil {
		return false, fmt.Errorf("load cursor: %w", err)
	}
	batch, err := f.source.After(ctx, cursor, 500)
	if err != nil {
		return false, fmt.Errorf("changes after %s: %w", cursor, err)
	}
	if len(batch.Orders) == 0 {
		return false, nil
	}

	if err := f.cursors.Save(ctx, "orders", batch.Next); err != nil {
		return false, fmt.Errorf("save cursor: %w", err)
	}

	rows := make([]orderRow, 0, len(batch.Orders))
	for _, o := range batch.Orders {
		rows = append(rows, orderRow{OrderID: o.ID, Status: o.Status, UpdatedAt: o.UpdatedAt})
	}
	if err := f.table.Inserter().Put(ctx, rows); err != nil {
		return false, fmt.Errorf("insert %d orders: %w", len(rows), err)
	}
	f.log.Info("orders loaded", zap.Int("rows", len(rows)))
	return batch.More, nil
}
