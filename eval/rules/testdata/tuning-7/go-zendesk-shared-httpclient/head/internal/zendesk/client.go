package zendesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"example.com/support/internal/outbound"
)

var ErrNoTicket = errors.New("zendesk: ticket not found")

type Ticket struct {
	ID      int64  `json:"id"`
	Subject string `json:"subject"`
	Status  string `json:"status"`
}

type Client struct {
	http  *http.Client
	base  string
	user  string
	token string
}

func New(subdomain, user, token string) *Client {
	return &Client{
		http:  outbound.Client(),
		base:  "https://" + subdomain + ".zendesk.com/api/v2",
		user:  user + "/token",
		token: token,
	}
}

func (c *Client) Ticket(ctx context.Context, id int64) (*Ticket, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/tickets/%d.json", c.base, id), nil)
	if err != nil {
		return nil, err
	}
	req.SetBasicAuth(c.user, c.token)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("zendesk: get ticket %d: %w", id, err)
	}
	defer resp.Body.Close()

	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound:
		return nil, ErrNoTicket
	default:
		return nil, fmt.Errorf("zendesk: get ticket %d: status %d", id, resp.StatusCode)
	}
	var out struct {
		Ticket Ticket `json:"ticket"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return nil, fmt.Errorf("zendesk: decode ticket %d: %w", id, err)
	}
	return &out.Ticket, nil
}
