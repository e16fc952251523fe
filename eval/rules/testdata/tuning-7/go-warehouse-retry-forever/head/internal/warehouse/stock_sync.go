package warehouse

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"time"
)

type StockLevel struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

type Client struct {
	base  string
	token string
	http  *http.Client
	log   *slog.Logger
}

func NewClient(base, token string, log *slog.Logger) *Client {
	return &Client{base: base, token: token, http: &http.Client{Timeout: 8 * time.Second}, log: log}
}

// PutStock sets the level of one SKU. The call is a full replacement.
func (c *Client) PutStock(ctx context.Context, level StockLevel) error {
	body, err := json.Marshal(level)
	if err != nil {
		return fmt.Errorf("warehouse: encode: %w", err)
	}
	for attempt := 1; ctx.Err() == nil; attempt++ {
		status, err := c.put(ctx, "/v2/stock", body)
		if err == nil && status == http.StatusNoContent {
			return nil
		}
		c.log.Warn("stock update failed, trying again", "sku", level.SKU, "attempt", attempt, "status", status, "err", err)
	}
	return ctx.Err()
}

func (c *Client) put(ctx context.Context, path string, body []byte) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, c.base+path, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.http.Do(req)
	if err != nil {
		return 0, err
	}
	resp.Body.Close()
	return resp.StatusCode, nil
}
