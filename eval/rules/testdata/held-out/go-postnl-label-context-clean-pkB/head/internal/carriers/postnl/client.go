package postnl

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

const (
	callTimeout = 12 * time.Second
	maxAnswer   = 8 << 20
)

type Client struct {
	http *http.Client
	base string
	key  string
}

func New(base, key string) *Client {
	return &Client{http: &http.Client{Transport: http.DefaultTransport}, base: base, key: key}
}

// Label makes the label of a barcode. PostNL answers the same label for a barcode it already knows.
func (c *Client) Label(ctx context.Context, s Shipment) ([]byte, error) {
	var out labelResponse
	if err := c.post(ctx, "/shipment/v2_2/label", newLabelRequest(s), &out); err != nil {
		return nil, fmt.Errorf("label for %s: %w", s.Barcode, err)
	}
	return out.firstPDF()
}

func (c *Client) post(ctx context.Context, path string, in, out any) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()

	payload, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+path, bytes.NewReader(payload))
	if err != nil {
		return err
	}
	req.Header.Set("apikey", c.key)
	req.Header.Set("Content-Type", "application/json")

	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return &StatusError{Code: resp.StatusCode}
	}
	return json.NewDecoder(io.LimitReader(resp.Body, maxAnswer)).Decode(out)
}
