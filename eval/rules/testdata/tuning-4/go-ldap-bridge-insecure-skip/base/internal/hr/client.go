package hr

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

type Client struct {
	base  string
	token string
	http  *http.Client
}

type Employee struct {
	ID         string `json:"id"`
	Mail       string `json:"mail"`
	Department string `json:"department"`
	Active     bool   `json:"active"`
}

func New(base, token string) *Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	return &Client{
		base:  base,
		token: token,
		http:  &http.Client{Transport: transport, Timeout: 15 * time.Second},
	}
}

func (c *Client) Employee(ctx context.Context, id string) (*Employee, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/employees/"+url.PathEscape(id), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+c.token)

	resp, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("hr system: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("hr system answered %s", resp.Status)
	}
	var e Employee
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&e); err != nil {
		return nil, fmt.Errorf("decode employee: %w", err)
	}
	return &e, nil
}
