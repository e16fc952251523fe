package ups

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

type Transit struct {
	Service string `json:"serviceLevel"`
	Days    int    `json:"businessTransitDays"`
}

type Rates struct {
	base   string
	tokens TokenSource
	client *retryablehttp.Client
}

type TokenSource interface {
	Token(ctx context.Context) (string, error)
}

func NewRates(base string, tokens TokenSource, log *slog.Logger) *Rates {
	rc := retryablehttp.NewClient()
	rc.RetryMax = 3
	rc.RetryWaitMin = 500 * time.Millisecond
	rc.RetryWaitMax = 8 * time.Second
	rc.HTTPClient.Timeout = 6 * time.Second
	rc.Logger = log
	return &Rates{base: base, tokens: tokens, client: rc}
}

func (r *Rates) Transit(ctx context.Context, fromZip, toZip string) ([]Transit, error) {
	token, err := r.tokens.Token(ctx)
	if err != nil {
		return nil, fmt.Errorf("ups token: %w", err)
	}
	q := url.Values{"originPostalCode": {fromZip}, "destinationPostalCode": {toZip}}
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, r.base+"/transit?"+q.Encode(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+token)

	resp, err := r.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("ups transit: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("ups transit: status %d", resp.StatusCode)
	}
	var out struct {
		Services []Transit `json:"services"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return nil, fmt.Errorf("ups transit: decode: %w", err)
	}
	return out.Services, nil
}
