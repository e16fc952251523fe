package loyalty

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"
)

type Store interface {
	MarkPushed(ctx context.Context, earningID string, at time.Time) error
}

type Client struct {
	base   string
	appID  string
	token  string
	http   *http.Client
	store  Store
	logger *slog.Logger
}

func New(base, appID, token string, store Store, logger *slog.Logger) *Client {
	return &Client{base: base, appID: appID, token: token, store: store, logger: logger,
		http: &http.Client{Timeout: 6 * time.Second}}
}

type Earning struct {
	ID     string
	Member string
	Points int
}

// Push adds the points of an earning to the member's card.
func (c *Client) Push(ctx context.Context, e Earning) error {
	body, err := json.Marshal(map[string]any{"points": e.Points, "source_id": e.ID})
	if err != nil {
		return err
	}
	target := c.base + "/v1/loyalties/members/" + url.PathEscape(e.Member) + "/balance"
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("X-App-Id", c.appID)
	req.Header.Set("X-App-Token", c.token)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", e.ID)

	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("voucherify: %w", err)
	}
	defer resp.Body.Close()

	c.logger.Info("points pushed", "earning", e.ID, "points", e.Points)
	return c.store.MarkPushed(ctx, e.ID, time.Now().UTC())
}
