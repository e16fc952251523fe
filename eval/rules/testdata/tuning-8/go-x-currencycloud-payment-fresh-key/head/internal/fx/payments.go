package fx

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v4"
	"github.com/google/uuid"
)

type Payment struct {
	BeneficiaryID string
	Currency      string
	Amount        string
	Reason        string
	Reference     string
}

type Gateway struct {
	hc   *http.Client // 20s timeout, set in wire.go
	base string
	auth TokenSource
}

func (g *Gateway) Pay(ctx context.Context, p Payment) error {
	policy := backoff.WithContext(backoff.WithMaxRetries(backoff.NewExponentialBackOff(), 3), ctx)
	return backoff.Retry(func() error {
		form := url.Values{
			"currency":          {p.Currency},
			"beneficiary_id":    {p.BeneficiaryID},
			"amount":            {p.Amount},
			"reason":            {p.Reason},
			"reference":         {p.Reference},
			"unique_request_id": {uuid.NewString()},
		}
		return g.create(ctx, form)
	}, policy)
}

func (g *Gateway) create(ctx context.Context, form url.Values) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, g.base+"/v2/payments/create", strings.NewReader(form.Encode()))
	if err != nil {
		return backoff.Permanent(err)
	}
	token, err := g.auth.Token(ctx)
	if err != nil {
		return fmt.Errorf("token: %w", err)
	}
	req.Header.Set("X-Auth-Token", token)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := g.hc.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusOK:
		return nil
	case resp.StatusCode >= 500:
		return fmt.Errorf("create payment: status %d", resp.StatusCode)
	default:
		return backoff.Permanent(fmt.Errorf("payment rejected: status %d", resp.StatusCode))
	}
}
