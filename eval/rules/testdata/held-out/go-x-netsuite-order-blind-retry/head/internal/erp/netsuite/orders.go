package netsuite

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

const maxAttempts = 4

type SalesOrder struct {
	Entity Ref        `json:"entity"`
	Memo   string     `json:"memo"`
	Items  OrderItems `json:"item"`
}

type Client struct {
	http    *http.Client // signs with OAuth 1.0a, 30s limit
	account string
}

func (c *Client) CreateSalesOrder(ctx context.Context, so SalesOrder) (string, error) {
	payload, err := json.Marshal(so)
	if err != nil {
		return "", fmt.Errorf("encode sales order: %w", err)
	}

	var lastErr error
	for attempt := 0; attempt < maxAttempts; attempt++ {
		if attempt > 0 {
			select {
			case <-ctx.Done():
				return "", ctx.Err()
			case <-time.After(time.Duration(1<<attempt) * time.Second):
			}
		}
		location, retry, err := c.postOnce(ctx, payload)
		if err == nil {
			return location, nil
		}
		lastErr = err
		if !retry {
			break
		}
	}
	return "", fmt.Errorf("create sales order: %w", lastErr)
}

func (c *Client) postOnce(ctx context.Context, payload []byte) (string, bool, error) {
	url := "https://" + c.account + ".suitetalk.api.netsuite.com/services/rest/record/v1/salesOrder"
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(payload))
	if err != nil {
		return "", false, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.http.Do(req)
	if err != nil {
		return "", true, err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusNoContent {
		return resp.Header.Get("Location"), false, nil
	}
	return "", resp.StatusCode >= 500, fmt.Errorf("netsuite status %d", resp.StatusCode)
}
