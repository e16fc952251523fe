package labels

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

type ShippoClient struct {
	http   *http.Client
	apiKey string
	base   string
}

func NewShippoClient(apiKey string) *ShippoClient {
	return &ShippoClient{
		http:   &http.Client{Timeout: 20 * time.Second},
		apiKey: apiKey,
		base:   "https://api.goshippo.com",
	}
}

// BuyLabel purchases the label for a chosen rate.
func (c *ShippoClient) BuyLabel(ctx context.Context, rateID string) (*Transaction, error) {
	payload, err := json.Marshal(map[string]any{"rate": rateID, "label_file_type": "PDF_4x6", "async": false})
	if err != nil {
		return nil, err
	}

	var lastErr error
	for attempt := 0; attempt < 4; attempt++ {
		tx, err := c.postTransaction(ctx, payload)
		if err == nil {
			return tx, nil
		}
		lastErr = err
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Duration(1<<attempt) * time.Second):
		}
	}
	return nil, fmt.Errorf("buy label for rate %s: %w", rateID, lastErr)
}

func (c *ShippoClient) postTransaction(ctx context.Context, payload []byte) (*Transaction, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/transactions/", bytes.NewReader(payload))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "ShippoToken "+c.apiKey)
	req.Header.Set("Content-Type", "application/json")

	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		return nil, fmt.Errorf("shippo answered %d", resp.StatusCode)
	}
	var tx Transaction
	if err := json.NewDecoder(resp.Body).Decode(&tx); err != nil {
		return nil, fmt.Errorf("decode transaction: %w", err)
	}
	return &tx, nil
}
