package banking

import (
	"context"
	"database/sql"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/time/rate"
)

type Statements struct {
	http    *http.Client
	base    string
	limiter *rate.Limiter
	db      *sql.DB
}

func NewStatements(client *http.Client, base string, db *sql.DB) *Statements {
	client.Timeout = 30 * time.Second
	return &Statements{http: client, base: base, limiter: rate.NewLimiter(rate.Every(2*time.Second), 1), db: db}
}

// Import loads the camt.053 statement of one day and stores its entries.
func (s *Statements) Import(ctx context.Context, accountID string, day time.Time) (int, error) {
	if err := s.limiter.Wait(ctx); err != nil {
		return 0, err
	}
	target := fmt.Sprintf("%s/accounts/%s/camt053?date=%s", s.base, url.PathEscape(accountID), day.Format(time.DateOnly))
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return 0, err
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return 0, fmt.Errorf("statement of %s: %w", day.Format(time.DateOnly), err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("statement of %s: status %d", day.Format(time.DateOnly), resp.StatusCode)
	}
	var doc camt053
	if err := xml.NewDecoder(io.LimitReader(resp.Body, 32<<20)).Decode(&doc); err != nil {
		return 0, fmt.Errorf("decode camt.053: %w", err)
	}

	stored := 0
	for _, e := range doc.Entries() {
		res, err := s.db.ExecContext(ctx,
			`INSERT INTO bank_entries (account_id, entry_ref, amount, booked_on) VALUES ($1, $2, $3, $4)
			 ON CONFLICT (account_id, entry_ref) DO NOTHING`, accountID, e.Ref, e.Amount.String(), e.BookedOn)
		if err != nil {
			return stored, fmt.Errorf("entry %s: %w", e.Ref, err)
		}
		if n, err := res.RowsAffected(); err == nil {
			stored += int(n)
		}
	}
	return stored, nil
}
