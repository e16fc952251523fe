package payouts

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/go-resty/resty/v2"
	"github.com/google/uuid"
)

type WiseClient struct {
	rest *resty.Client
}

func NewWiseClient(baseURL, token string) *WiseClient {
	return &WiseClient{rest: resty.New().SetBaseURL(baseURL).SetAuthToken(token).SetTimeout(20 * time.Second)}
}

type Payout struct {
	ID        int64
	QuoteUUID string
	AccountID int64
	Reference string
}

type transfer struct {
	ID     int64  `json:"id"`
	Status string `json:"status"`
}

var errTemporary = errors.New("temporary failure")

func (c *WiseClient) CreateTransfer(ctx context.Context, p Payout) (int64, error) {
	var lastErr error
	for attempt := 0; attempt < 4; attempt++ {
		if attempt > 0 {
			select {
			case <-ctx.Done():
				return 0, ctx.Err()
			case <-time.After(time.Duration(attempt*attempt) * time.Second):
			}
		}
		t, err := c.post(ctx, map[string]any{
			"targetAccount":         p.AccountID,
			"quoteUuid":             p.QuoteUUID,
			"customerTransactionId": uuid.NewString(),
			"details":               map[string]string{"reference": p.Reference},
		})
		if err == nil {
			return t.ID, nil
		}
		if !errors.Is(err, errTemporary) {
			return 0, fmt.Errorf("wise: payout %d: %w", p.ID, err)
		}
		lastErr = err
	}
	return 0, fmt.Errorf("wise: payout %d: giving up: %w", p.ID, lastErr)
}

func (c *WiseClient) post(ctx context.Context, body map[string]any) (*transfer, error) {
	var out transfer
	resp, err := c.rest.R().SetContext(ctx).SetBody(body).SetResult(&out).Post("/v1/transfers")
	if err != nil || resp.StatusCode() >= http.StatusInternalServerError {
		return nil, errTemporary
	}
	if resp.IsError() {
		return nil, fmt.Errorf("status %d", resp.StatusCode())
	}
	return &out, nil
}
