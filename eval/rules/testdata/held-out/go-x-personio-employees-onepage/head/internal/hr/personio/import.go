package personio

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

const pageSize = 200

type Employee struct {
	ID         int64                     `json:"-"`
	Attributes map[string]attributeValue `json:"attributes"`
}

type attributeValue struct {
	Value json.RawMessage `json:"value"`
}

type Client struct {
	http    *http.Client
	baseURL string
	token   func(context.Context) (string, error)
}

func NewClient(baseURL string, token func(context.Context) (string, error)) *Client {
	return &Client{http: &http.Client{Timeout: 20 * time.Second}, baseURL: baseURL, token: token}
}

// AllEmployees is the source of the nightly directory sync; accounts that are not listed are deactivated.
func (c *Client) AllEmployees(ctx context.Context) ([]Employee, error) {
	token, err := c.token(ctx)
	if err != nil {
		return nil, fmt.Errorf("personio auth: %w", err)
	}
	q := url.Values{}
	q.Set("limit", strconv.Itoa(pageSize))
	q.Set("offset", "0")

	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.baseURL+"/v1/company/employees?"+q.Encode(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+token)

	resp, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("personio employees: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("personio employees: status %d", resp.StatusCode)
	}

	var page struct {
		Data []Employee `json:"data"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&page); err != nil {
		return nil, fmt.Errorf("personio employees: decode: %w", err)
	}
	return page.Data, nil
}
