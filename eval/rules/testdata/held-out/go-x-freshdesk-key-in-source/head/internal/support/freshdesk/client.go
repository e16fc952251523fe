package freshdesk

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

const (
	baseURL = "https://acme-logistics.freshdesk.com/api/v2"
	apiKey  = "kQ7vX2mTz9LrB4hWcY1N"
)

type Ticket struct {
	ID        int64     `json:"id"`
	Subject   string    `json:"subject"`
	Status    int       `json:"status"`
	UpdatedAt time.Time `json:"updated_at"`
}

type Client struct {
	hc *http.Client
}

func NewClient() *Client {
	return &Client{hc: &http.Client{Timeout: 12 * time.Second}}
}

// Ticket loads one ticket for the claim view.
func (c *Client) Ticket(ctx context.Context, id int64) (*Ticket, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, baseURL+"/tickets/"+strconv.FormatInt(id, 10), nil)
	if err != nil {
		return nil, err
	}
	req.SetBasicAuth(apiKey, "X")

	resp, err := c.hc.Do(req)
	if err != nil {
		return nil, fmt.Errorf("freshdesk ticket %d: %w", id, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("freshdesk ticket %d: status %d", id, resp.StatusCode)
	}
	var t Ticket
	if err := json.NewDecoder(resp.Body).Decode(&t); err != nil {
		return nil, fmt.Errorf("freshdesk ticket %d: decode: %w", id, err)
	}
	return &t, nil
}
