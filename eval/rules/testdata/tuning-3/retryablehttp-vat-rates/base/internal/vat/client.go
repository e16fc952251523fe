package vat

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/shopspring/decimal"
)

type Rate struct {
	Country  string          `json:"country"`
	Category string          `json:"category"`
	Percent  decimal.Decimal `json:"percent"`
}

type Client struct {
	base string
	http *http.Client
}

func New(base string) *Client {
	return &Client{base: base, http: &http.Client{Timeout: 5 * time.Second}}
}

func (c *Client) Rates(ctx context.Context, country string, on time.Time) ([]Rate, error) {
	q := url.Values{"country": {country}, "date": {on.Format(time.DateOnly)}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/rates?"+q.Encode(), nil)
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
