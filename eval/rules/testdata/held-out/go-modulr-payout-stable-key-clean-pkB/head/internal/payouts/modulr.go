package payouts

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/go-resty/resty/v2"
)

type Modulr struct {
	rest *resty.Client
}

func NewModulr(baseURL, key string, signer resty.RequestMiddleware) *Modulr {
	rest := resty.New().
		SetBaseURL(baseURL).
		SetTimeout(15 * time.Second).
		SetHeader("Authorization", key).
		SetRetryCount(3).
		SetRetryWaitTime(500 * time.Millisecond).
		SetRetryMaxWaitTime(8 * time.Second).
		OnBeforeRequest(signer).
		AddRetryCondition(func(r *resty.Response, err error) bool {
			return err != nil || r.StatusCode() >= 500 || r.StatusCode() == http.StatusTooManyRequests
		})
	return &Modulr{rest: rest}
}

func (m *Modulr) Pay(ctx context.Context, p Payout) (string, error) {
	var out struct {
		ID     string `json:"id"`
		Status string `json:"status"`
	}
	resp, err := m.rest.R().
		SetContext(ctx).
		SetHeader("x-mod-nonce", "payout-"+p.ID).
		SetHeader("x-mod-retry", "true").
		SetBody(map[string]any{
			"sourceAccountId":   p.SourceAccount,
			"externalReference": p.ID,
			"currency":          p.Currency,
			"amount":            p.Amount.StringFixed(2),
			"destination":       destination(p),
			"reference":         p.Reference,
		}).
		SetResult(&out).
		Post("/payments")
	if err != nil {
		return "", fmt.Errorf("payout %s: %w", p.ID, err)
	}
	if resp.IsError() {
		return "", fmt.Errorf("payout %s: modulr answered %d", p.ID, resp.StatusCode())
	}
	return out.ID, nil
}
