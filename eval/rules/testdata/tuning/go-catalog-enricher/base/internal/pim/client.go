package pim

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

type Client struct {
	base *url.URL
	http *http.Client
}

func New(base *url.URL) *Client {
	return &Client{base: base, http: &http.Client{Timeout: 8 * time.Second}}
}

func (c *Client) Attributes(ctx context.Context, id string) (map[string]string, error) {
	u := c.base.JoinPath("products", url.PathEscape(id), "attributes")
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("pim: status %d", res.StatusCode)
	}
	var attrs map[string]string
	err = json.NewDecoder(io.LimitReader(res.Body, 1<<20)).Decode(&attrs)
	return attrs, err
}
