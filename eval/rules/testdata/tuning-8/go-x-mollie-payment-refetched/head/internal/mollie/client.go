package mollie

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

var ErrNotFound = errors.New("mollie: not found")

type Payment struct {
	ID     string `json:"id"`
	Status string `json:"status"`
}

type Client struct {
	key string
	hc  *http.Client
}

func New(key string) *Client {
	return &Client{key: key, hc: &http.Client{Timeout: 10 * time.Second}}
}

func (c *Client) Payment(ctx context.Context, id string) (*Payment, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://api.mollie.com/v2/payments/"+url.PathEscape(id), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+c.key)
	resp, err := c.hc.Do(req)
	if err != nil {
		return nil, fmt.Errorf("mollie: %w", err)
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound:
		return nil, ErrNotFound
	default:
		return nil, fmt.Errorf("mollie: status %d", resp.StatusCode)
	}
	var p Payment
	if err := json.NewDecoder(resp.Body).Decode(&p); err != nil {
		return nil, fmt.Errorf("mollie: decode: %w", err)
	}
	return &p, nil
}
