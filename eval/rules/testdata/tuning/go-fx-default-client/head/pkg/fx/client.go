package fx

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/shopspring/decimal"
)

type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

type Client struct {
	base   string
	apiKey string
	http   Doer
}

type Option func(*Client)

func WithDoer(d Doer) Option { return func(c *Client) { c.http = d } }

func New(base, apiKey string, opts ...Option) *Client {
	c := &Client{base: base, apiKey: apiKey, http: http.DefaultClient}
	for _, o := range opts {
		o(c)
	}
	return c
}

func (c *Client) Rate(from, to string) (decimal.Decimal, error) {
	q := url.Values{"base": {from}, "quote": {to}}
	req, err := http.NewRequest(http.MethodGet, c.base+"/v1/rate?"+q.Encode(), nil)
	if err != nil {
		return decimal.Zero, err
	}
	req.Header.Set("X-Api-Key", c.apiKey)

	res, err := c.http.Do(req)
	if err != nil {
		return decimal.Zero, fmt.Errorf("fx rate %s/%s: %w", from, to, err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return decimal.Zero, fmt.Errorf("fx rate %s/%s: status %d", from, to, res.StatusCode)
	}

	var body struct {
		Rate decimal.Decimal `json:"rate"`
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, 64<<10)).Decode(&body); err != nil {
		return decimal.Zero, fmt.Errorf("fx rate %s/%s: %w", from, to, err)
	}
	return body.Rate, nil
}
