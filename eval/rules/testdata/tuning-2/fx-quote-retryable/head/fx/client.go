package fx

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

type Client struct {
	base string
	key  string
	http *retryablehttp.Client
}

func New(base, key string) *Client {
	c := retryablehttp.NewClient()
	c.RetryMax = 4
	c.RetryWaitMin = 300 * time.Millisecond
	c.RetryWaitMax = 10 * time.Second
	c.Backoff = retryablehttp.RateLimitLinearJitterBackoff // honours Retry-After
	c.CheckRetry = retryablehttp.ErrorPropagatedRetryPolicy
	c.HTTPClient.Timeout = 8 * time.Second
	c.Logger = nil
	return &Client{base: base, key: key, http: c}
}

// Quote returns the price of one unit of from in to.
func (c *Client) Quote(ctx context.Context, from, to string) (*big.Rat, error) {
	ctx, cancel := context.WithTimeout(ctx, 40*time.Second)
	defer cancel()

	q := url.Values{"from": {from}, "to": {to}}
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, c.base+"/v1/quote?"+q.Encode(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("X-Api-Key", c.key)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("fx: quote %s/%s: %w", from, to, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fx: quote %s/%s answered %d", from, to, resp.StatusCode)
	}

	var out struct {
		Rate json.Number `json:"rate"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 64<<10)).Decode(&out); err != nil {
		return nil, fmt.Errorf("fx: decode: %w", err)
	}
	rate, ok := new(big.Rat).SetString(out.Rate.String())
	if !ok || rate.Sign() <= 0 {
		return nil, fmt.Errorf("fx: rate %q is not a price", out.Rate)
	}
	return rate, nil
}
