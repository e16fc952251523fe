package postnl

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"example.com/parcels/internal/httpx"
)

type Client struct {
	base string
	key  string
	http *http.Client
}

func New(base, key string) *Client {
	return &Client{base: base, key: key, http: httpx.New()}
}

type Status struct {
	Phase string `json:"PhaseDescription"`
	Code  string `json:"StatusCode"`
}

func (c *Client) Status(ctx context.Context, barcode string) (Status, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/shipment/v2/status/barcode/"+url.PathEscape(barcode), nil)
	if err != nil {
		return Status{}, fmt.Errorf("build request: %w", err)
	}
	req.Header.Set("apikey", c.key)
	resp, err := c.http.Do(req)
	if err != nil {
		return Status{}, fmt.Errorf("status of %s: %w", barcode, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return Status{}, fmt.Errorf("status of %s: http %d", barcode, resp.StatusCode)
	}
	var out struct {
		CurrentStatus struct{ Shipment struct{ Status Status } }
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&out); err != nil {
		return Status{}, fmt.Errorf("decode status: %w", err)
	}
	return out.CurrentStatus.Shipment.Status, nil
}
