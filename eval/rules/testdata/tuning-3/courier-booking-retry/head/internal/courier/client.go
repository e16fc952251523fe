package courier

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

const maxAttempts = 5

type Booking struct {
	PickupAt    time.Time `json:"pickup_at"`
	AddressID   string    `json:"address_id"`
	Parcels     int       `json:"parcels"`
	OrderNumber string    `json:"order_number"`
}

type Confirmation struct {
	ID    string    `json:"id"`
	Slot  string    `json:"slot"`
	DueAt time.Time `json:"due_at"`
}

type Client struct {
	endpoint string
	apiKey   string
	http     *http.Client
}

func New(endpoint, apiKey string) *Client {
	return &Client{endpoint: endpoint, apiKey: apiKey, http: &http.Client{Timeout: 12 * time.Second}}
}

func (c *Client) Book(ctx context.Context, b Booking) (*Confirmation, error) {
	payload, err := json.Marshal(b)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint+"/v3/bookings", bytes.NewReader(payload))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Api-Key", c.apiKey)

	var lastErr error
	for attempt := 1; attempt <= maxAttempts; attempt++ {
		resp, err := c.http.Do(req)
		if err != nil {
			lastErr = err
			continue
		}
		if resp.StatusCode != http.StatusCreated {
			lastErr = fmt.Errorf("status %d", resp.StatusCode)
			resp.Body.Close()
			continue
		}
		defer resp.Body.Close()
		var conf Confirmation
		if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&conf); err != nil {
			return nil, fmt.Errorf("courier booking: %w", err)
		}
		return &conf, nil
	}
	return nil, errors.Join(errors.New("courier booking failed"), lastErr)
}
