package vat

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"github.com/shopspring/decimal"
)

type Rate struct {
	Country  string          `json:"country"`
	Category string          `json:"category"`
	Percent  decimal.Decimal `json:"percent"`
}

type Client struct {
	base string
	http *retryablehttp.Client
}

func New(base string, log *slog.Logger) *Client {
	rc := retryablehttp.NewClient()
	rc.HTTPClient.Timeout = 5 * time.Second
	rc.RetryMax = 3
	rc.RetryWaitMin = 200 * time.Millisecond
	rc.RetryWaitMax = 3 * time.Second
	rc.Logger = log
	return &Client{base: base, http: rc}
}

// Rates is a plain read; the default policy repeats connection errors, 429 and 5xx.
func (c *Client) Rates(ctx context.Context, country string, on time.Time) ([]Rate, error) {
	q := url.Values{"country": {country}, "date": {on.Format(time.DateOnly)}}
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, c.base+"/rates?"+q.Encode(), nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("vat rates %s: %w", country, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("vat rates %s: status %d", country, resp.StatusCode)
	}
	var body struct {
		Rates []Rate `json:"rates"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&body); err != nil {
		return nil, fmt.Errorf("vat rates %s: %w", country, err)
	}
	return body.Rates, nil
}
