package returns

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/acme/shop/internal/httpx"
)

type Label struct {
	ID  string `json:"id"`
	PDF string `json:"pdf_url"`
}

type Client struct {
	hc   *http.Client
	base string
	key  string
}

func NewClient(base, key string) *Client {
	return &Client{hc: httpx.Default(), base: base, key: key}
}

// Label returns the existing label of a return shipment.
func (c *Client) Label(ctx context.Context, returnID string) (Label, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/labels/"+url.PathEscape(returnID), nil)
	if err != nil {
		return Label{}, err
	}
	req.Header.Set("X-Api-Key", c.key)
	res, err := c.hc.Do(req)
	if err != nil {
		return Label{}, fmt.Errorf("returns: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return Label{}, fmt.Errorf("returns: label %s: status %d", returnID, res.StatusCode)
	}
	var l Label
	if err := json.NewDecoder(io.LimitReader(res.Body, 1<<18)).Decode(&l); err != nil {
		return Label{}, fmt.Errorf("returns: decode label: %w", err)
	}
	return l, nil
}
