package zendesk

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

type Client struct {
	base string
	user string
	key  string
	http *http.Client
}

func New(subdomain, user, key string) *Client {
	return &Client{
		base: "https://" + subdomain + ".zendesk.com",
		user: user + "/token",
		key:  key,
		http: &http.Client{Timeout: 12 * time.Second},
	}
}

// StatusError is any answer other than 200.
type StatusError struct {
	Path       string
	Status     int
	RetryAfter string
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("zendesk: %s answered %d", e.Path, e.Status)
}

func (c *Client) get(ctx context.Context, path string, q url.Values, out any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path+"?"+q.Encode(), nil)
	if err != nil {
		return err
	}
	req.SetBasicAuth(c.user, c.key)
	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("zendesk: %s: %w", path, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return &StatusError{Path: path, Status: resp.StatusCode, RetryAfter: resp.Header.Get("Retry-After")}
	}
	return json.NewDecoder(io.LimitReader(resp.Body, 4<<20)).Decode(out)
}
