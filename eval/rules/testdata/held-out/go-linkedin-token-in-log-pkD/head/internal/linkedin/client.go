package linkedin

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"net/url"
	"time"
)

type Client struct {
	http  *http.Client
	token func(context.Context) (string, error)
}

func New(token func(context.Context) (string, error)) *Client {
	return &Client{http: &http.Client{Timeout: 20 * time.Second}, token: token}
}

func (c *Client) AdAccount(ctx context.Context, id string) (*Account, error) {
	token, err := c.token(ctx)
	if err != nil {
		return nil, fmt.Errorf("linkedin token: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://api.linkedin.com/rest/adAccounts/"+url.PathEscape(id), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("LinkedIn-Version", "202506")
	req.Header.Set("X-Restli-Protocol-Version", "2.0.0")

	if dump, err := httputil.DumpRequestOut(req, false); err == nil {
		slog.Info("linkedin request", "dump", string(dump))
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("ad account %s: %w", id, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("ad account %s: status %d", id, resp.StatusCode)
	}
	var account Account
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&account); err != nil {
		return nil, fmt.Errorf("ad account %s: %w", id, err)
	}
	return &account, nil
}
