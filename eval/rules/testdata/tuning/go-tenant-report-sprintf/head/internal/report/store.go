package report

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

type Filter struct {
	Regions []string `json:"regions"`
	OrderBy string   `json:"order_by"`
	Limit   int      `json:"limit"`
}

type Row struct {
	Region string
	Orders int64
	Minor  int64
}

type Store struct{ db *sql.DB }

func NewStore(db *sql.DB) *Store { return &Store{db: db} }

func (s *Store) Summary(ctx context.Context, partnerID int64, f Filter) ([]Row, error) {
	limit := f.Limit
	if limit <= 0 || limit > 500 {
		limit = 100
	}
	query := fmt.Sprintf(
		`SELECT region, count(*) AS orders, sum(total_minor) AS total
		   FROM orders
		  WHERE partner_id = %d AND region IN ('%s')
		  GROUP BY region ORDER BY %s LIMIT %d`,
		partnerID, strings.Join(f.Regions, "','"), f.OrderBy, limit,
	)
	rows, err := s.db.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("summary: %w", err)
	}
	defer rows.Close()

	var out []Row
	for rows.Next() {
		var r Row
		if err := rows.Scan(&r.Region, &r.Orders, &r.Minor); err != nil {
			return nil, fmt.Errorf("summary: %w", err)
		}
		out = append(out, r)
	}
	return out, rows.Err()
}
