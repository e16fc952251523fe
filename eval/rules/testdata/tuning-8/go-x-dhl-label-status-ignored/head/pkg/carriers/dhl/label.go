package dhl

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
)

type Label struct {
	ShipmentNo string `json:"shipmentNo"`
	LabelB64   string `json:"b64"`
}

type Client struct {
	hc     *http.Client
	base   string
	apiKey string
	user   string
	pass   string
}

func New(base, apiKey, user, pass string) *Client {
	return &Client{hc: &http.Client{}, base: base, apiKey: apiKey, user: user, pass: pass}
}

func (c *Client) CreateLabel(order ShipmentOrder) (*Label, error) {
	body, err := json.Marshal(order)
	if err != nil {
		return nil, fmt.Errorf("dhl: encode order %s: %w", order.RefNo, err)
	}
	req, err := http.NewRequest(http.MethodPost, c.base+"/parcel/de/shipping/v2/orders?validate=false", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.SetBasicAuth(c.user, c.pass)
	req.Header.Set("dhl-api-key", c.apiKey)
	req.Header.Set("Content-Type", "application/json")

	resp, err := c.hc.Do(req)
	if err != nil {
		return nil, fmt.Errorf("dhl: %w", err)
	}
	defer resp.Body.Close()

	var out struct {
		Items []Label `json:"items"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return nil, fmt.Errorf("dhl: decode: %w", err)
	}
	if len(out.Items) == 0 {
		return &Label{}, nil
	}
	return &out.Items[0], nil
}
