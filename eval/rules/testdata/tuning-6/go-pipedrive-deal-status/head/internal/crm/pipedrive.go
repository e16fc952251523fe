package crm

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

type Client struct {
	baseURL string
	token   string
	http    *http.Client
}

func NewClient(baseURL, token string) *Client {
	return &Client{baseURL: baseURL, token: token, http: &http.Client{Timeout: 10 * time.Second}}
}

// MoveDeal puts the deal into a stage. The outbox deletes its entry when no error is returned.
func (c *Client) MoveDeal(ctx context.Context, dealID, stageID int64) error {
	body, err := json.Marshal(map[string]any{"stage_id": stageID})
	if err != nil {
		return fmt.Errorf("encode deal: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPatch,
		fmt.Sprintf("%s/api/v2/deals/%d", c.baseURL, dealID), bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("build request: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Api-Token", c.token)

	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("move deal %d: %w", dealID, err)
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20))
	return nil
}
