package fx

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

type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

type Client struct {
	base  *url.URL
	token string
	http  Doer
}

func New(base *url.URL, token string) *Client {
	return &Client{base: base, token: token, http: http.DefaultClient}
}

type latest struct {
	Timestamp int64                      `json:"timestamp"`
	Rates     map[string]decimal.Decimal `json:"rates"`
}

func (c *Client) Latest(ctx context.Context) (map[string]decimal.Decimal, time.Time, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base.JoinPath("api", "latest.json").String(), nil)
	if err != nil {
		return nil, time.Time{}, err
	}
	req.Header.Set("Authorization", "Token "+c.token)

	res, err := c.http.Do(req)
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("fx latest: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, time.Time{}, fmt.Errorf("fx latest: unexpected status %d", res.StatusCode)
	}

	var body latest
	if err := json.NewDecoder(io.LimitReader(res.Body, 1<<20)).Decode(&body); err != nil {
		return nil, time.Time{}, fmt.Errorf("fx latest: decode: %w", err)
	}
	if len(body.Rates) == 0 {
		return nil, time.Time{}, fmt.Errorf("fx latest: empty rates")
	}
	return body.Rates, time.Unix(body.Timestamp, 0).UTC(), nil
}
