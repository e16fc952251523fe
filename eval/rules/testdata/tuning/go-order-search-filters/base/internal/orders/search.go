package orders

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

type Filter struct {
	Channel  string

	Customer string
	SortBy   string
	Limit    int
}

var sortable = map[string]string{
	"":        "created_at DESC",
	"created": "created_at DESC",
	"total":   "total_minor DESC",
	"number":  "number ASC",
}

type Repository struct{ db *sql.DB }

func (r *Repository) Search(ctx context.Context, f Filter) ([]int64, error) {
	order, ok := sortable[f.SortBy]
	if !ok {
		return nil, fmt.Errorf("orders: cannot sort by %q", f.SortBy)
	}
	if f.Limit <= 0 || f.Limit > 200 {
		f.Limit = 50
	}

	var (
		where []string
		args  []any
	)
	add := func(expr string, v any) {
		args = append(args, v)
		where = append(where, fmt.Sprintf(expr, len(args)))
	}
	if f.Channel != "" {
		add("channel = $%d", f.Channel)
	}
	if f.Customer != "" {
		add("customer_ref = $%d", f.Customer)
	}
	q := "SELECT id FROM orders"
	if len(where) > 0 {
		q += " WHERE " + strings.Join(where, " AND ")
	}
	q += fmt.Sprintf(" ORDER BY %s LIMIT %d", order, f.Limit)

	rows, err := r.db.QueryContext(ctx, q, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
