package payouts

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v4"
	"github.com/google/uuid"
)

var errTemporary = errors.New("wise temporarily unavailable")

type Wise struct {
	http  *http.Client
	token string
}

func NewWise(token string) *Wise {
	return &Wise{http: &http.Client{Timeout: 15 * time.Second}, token: token}
}

func (w *Wise) Transfer(ctx context.Context, p Payout) (int64, error) {
	var id int64
	op := func() error {
		body, err := json.Marshal(transferRequest{
			TargetAccount:         p.RecipientID,
			QuoteUUID:             p.QuoteID,
			CustomerTransactionID: uuid.NewString(),
			Details:               transferDetails{Reference: p.Reference},
		})
		if err != nil {
			return backoff.Permanent(err)
		}
		id, err = w.post(ctx, body)
		if err != nil && !errors.Is(err, errTemporary) {
			return backoff.Permanent(err)
		}
		return err
	}
	policy := backoff.WithContext(backoff.WithMaxRetries(backoff.NewExponentialBackOff(), 4), ctx)
	if err := backoff.Retry(op, policy); err != nil {
		return 0, fmt.Errorf("transfer for payout %s: %w", p.ID, err)
	}
	return id, nil
}

func (w *Wise) post(ctx context.Context, body []byte) (int64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://api.transferwise.com/v1/transfers", bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Authorization", "Bearer "+w.token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := w.http.Do(req)
	if err != nil {
		return 0, fmt.Errorf("%w: %v", errTemporary, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 500 {
		return 0, fmt.Errorf("%w: status %d", errTemporary, resp.StatusCode)
	}
	if resp.StatusCode >= 300 {
		return 0, fmt.Errorf("wise answered %d", resp.StatusCode)
	}
	var t struct {
		ID int64 `json:"id"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&t); err != nil {
		return 0, fmt.Errorf("decode transfer: %w", err)
	}
	return t.ID, nil
}
