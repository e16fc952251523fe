package treasury

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

type Counterparty struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Verified string `json:"verification_status"`
}

type Client struct {
	base, org, key string
	http           *http.Client
}

func NewClient(base, org, key string) *Client {
	return &Client{base: base, org: org, key: key, http: &http.Client{Timeout: 10 * time.Second}}
}

func (c *Client) get(ctx context.Context, path string, out any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return err
	}
	req.SetBasicAuth(c.org, c.key)
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("modern treasury answered %d", resp.StatusCode)
	}
	return json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(out)
}

// Counterparty reads one counterparty.
func (c *Client) Counterparty(ctx context.Context, id string) (Counterparty, error) {
	var cp Counterparty
	for {
		err := c.get(ctx, "/api/counterparties/"+url.PathEscape(id), &cp)
		if err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	if cp.ID != id {
		return Counterparty{}, fmt.Errorf("modern treasury returned counterparty %q", cp.ID)
	}
	return cp, nil
}
