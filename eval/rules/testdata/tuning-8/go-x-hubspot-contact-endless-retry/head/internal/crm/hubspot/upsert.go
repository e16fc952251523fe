package hubspot

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

type Contact struct {
	Email      string            `json:"-"`
	Properties map[string]string `json:"properties"`
}

type Client struct {
	hc    *http.Client
	token string
	log   *slog.Logger
}

func New(token string, log *slog.Logger) *Client {
	return &Client{hc: &http.Client{Timeout: 10 * time.Second}, token: token, log: log}
}

func (c *Client) UpdateContact(ctx context.Context, contact Contact) error {
	body, err := json.Marshal(contact)
	if err != nil {
		return fmt.Errorf("encode contact: %w", err)
	}
	endpoint := "https://api.hubapi.com/crm/v3/objects/contacts/" + url.PathEscape(contact.Email) + "?idProperty=email"
	for {
		status, err := c.patch(ctx, endpoint, body)
		if err == nil && status == http.StatusOK {
			return nil
		}
		c.log.Warn("hubspot update failed, trying again", "status", status, "err", err)
	}
}

func (c *Client) patch(ctx context.Context, endpoint string, body []byte) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPatch, endpoint, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.hc.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}
