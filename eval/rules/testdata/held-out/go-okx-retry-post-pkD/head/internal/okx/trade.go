package okx

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

type Order struct {
	InstID  string `json:"instId"`
	TdMode  string `json:"tdMode"`
	Side    string `json:"side"`
	OrdType string `json:"ordType"`
	Size    string `json:"sz"`
}

type Client struct {
	http   *http.Client
	signer *Signer
	base   string
}

func New(base string, signer *Signer) *Client {
	return &Client{http: &http.Client{Timeout: 4 * time.Second}, signer: signer, base: base}
}

func (c *Client) PlaceOrder(ctx context.Context, order Order) (*OrderAck, error) {
	body, err := json.Marshal(order)
	if err != nil {
		return nil, err
	}
	var lastErr error
	for attempt := 0; attempt < 3; attempt++ {
		if attempt > 0 {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(time.Duration(attempt) * 500 * time.Millisecond):
			}
		}
		ack, err := c.post(ctx, "/api/v5/trade/order", body)
		if err == nil {
			return ack, nil
		}
		lastErr = err
	}
	return nil, fmt.Errorf("place order on %s: %w", order.InstID, lastErr)
}

func (c *Client) post(ctx context.Context, path string, body []byte) (*OrderAck, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	c.signer.Sign(req, body)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", resp.StatusCode)
	}
	return decodeAck(io.LimitReader(resp.Body, 1<<16))
}
