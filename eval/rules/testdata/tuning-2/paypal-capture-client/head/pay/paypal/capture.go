package paypal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"
)

const captureAttempts = 3

var errTransient = errors.New("paypal: transient failure")

type Client struct {
	base   string
	http   *http.Client
	tokens TokenSource
}

type TokenSource interface {
	Token(ctx context.Context) (string, error)
}

func New(base string, tokens TokenSource) *Client {
	return &Client{base: base, tokens: tokens, http: &http.Client{Timeout: 20 * time.Second}}
}

type Capture struct {
	ID     string `json:"id"`
	Status string `json:"status"`
}

// Capture takes the money of an approved order.
func (c *Client) Capture(ctx context.Context, orderID string) (Capture, error) {
	for attempt := 1; ; attempt++ {
		capture, err := c.captureOnce(ctx, orderID)
		if err == nil || !errors.Is(err, errTransient) || attempt == captureAttempts {
			return capture, err
		}
		pause := time.Duration(1<<attempt)*500*time.Millisecond + rand.N(500*time.Millisecond)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return Capture{}, ctx.Err()
		}
	}
}

func (c *Client) captureOnce(ctx context.Context, orderID string) (Capture, error) {
	token, err := c.tokens.Token(ctx)
	if err != nil {
		return Capture{}, err
	}
	u := c.base + "/v2/checkout/orders/" + url.PathEscape(orderID) + "/capture"
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u, nil)
	if err != nil {
		return Capture{}, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/json")

	resp, err := c.http.Do(req)
	if err != nil {
		return Capture{}, fmt.Errorf("%w: %v", errTransient, err)
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode >= 500:
		return Capture{}, fmt.Errorf("%w: status %d", errTransient, resp.StatusCode)
	case resp.StatusCode != http.StatusCreated && resp.StatusCode != http.StatusOK:
		return Capture{}, fmt.Errorf("paypal: capture answered %d", resp.StatusCode)
	}
	var out Capture
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&out); err != nil {
		return Capture{}, fmt.Errorf("paypal: decode capture: %w", err)
	}
	return out, nil
}
