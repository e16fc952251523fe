package wms

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

type Client struct {
	base string
	key  string
	http *http.Client
}

func New(base, key string) (*Client, error) {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "https" {
		return nil, fmt.Errorf("wms: base url must be https")
	}
	return &Client{
		base: base,
		key:  key,
		http: &http.Client{
			Timeout: 10 * time.Second,
			Transport: &http.Transport{
				TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: true},
				MaxIdleConnsPerHost: 8,
				TLSHandshakeTimeout: 5 * time.Second,
			},
		},
	}, nil
}

// Release lets the warehouse start picking an order.
func (c *Client) Release(ctx context.Context, orderID string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, c.base+"/orders/"+url.PathEscape(orderID)+"/release", nil)
	if err != nil {
		return err
	}
	req.Header.Set("X-Api-Key", c.key)
	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("wms: release %s: %w", orderID, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("wms: release %s: status %d", orderID, resp.StatusCode)
	}
	return nil
}
