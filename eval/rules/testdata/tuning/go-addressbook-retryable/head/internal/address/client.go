package address

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

type Client struct {
	hc   *retryablehttp.Client
	base string
	key  string
}

func New(base, key string) *Client {
	hc := retryablehttp.NewClient()
	hc.RetryMax = 3
	hc.RetryWaitMin = 300 * time.Millisecond
	hc.RetryWaitMax = 5 * time.Second

	hc.HTTPClient.Timeout = 6 * time.Second
	hc.Logger = nil
	return &Client{hc: hc, base: base, key: key}
}

type Suggestion struct {
	Line1    string `json:"line1"`
	City     string `json:"city"`
	Postcode string `json:"postcode"`
	Country  string `json:"country"`
}

// Suggest returns at most five candidates for the free text.
func (c *Client) Suggest(ctx context.Context, country, text string) ([]Suggestion, error) {
	q := url.Values{"country": {country}, "q": {text}, "max": {"5"}}
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, c.base+"/v3/suggest?"+q.Encode(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("X-Api-Key", c.key)

	// 429 (with its Retry-After) and 5xx are repeated by DefaultRetryPolicy
	res, err := c.hc.Do(req)
	if err != nil {
		return nil, fmt.Errorf("address: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("address: status %d", res.StatusCode)
	}
	var out struct {
		Items []Suggestion `json:"items"`
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, 1<<18)).Decode(&out); err != nil {
		return nil, fmt.Errorf("address: decode: %w", err)
	}
	return out.Items, nil
}
