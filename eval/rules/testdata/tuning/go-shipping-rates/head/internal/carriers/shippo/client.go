package shippo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

const (
	endpoint   = "https://api.goshippo.com/shipments/"
	apiVersion = "2018-02-08"
)

type Client struct {
	http  *http.Client
	token string
}

func New(token string) *Client {
	return &Client{http: &http.Client{}, token: token}
}

type Parcel struct {
	Length string `json:"length"`
	Width  string `json:"width"`
	Height string `json:"height"`
	Unit   string `json:"distance_unit"`
	Weight string `json:"weight"`
	Mass   string `json:"mass_unit"`
}

type Rate struct {
	ID       string `json:"object_id"`
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
	Provider string `json:"provider"`
}

type shipment struct {
	From    string   `json:"address_from"`
	To      string   `json:"address_to"`
	Parcels []Parcel `json:"parcels"`
	Async   bool     `json:"async"`
}

// Quote returns the rates for one parcel between two stored addresses.
func (c *Client) Quote(from, to string, p Parcel) ([]Rate, error) {
	payload, err := json.Marshal(shipment{From: from, To: to, Parcels: []Parcel{p}})
	if err != nil {
		return nil, fmt.Errorf("shippo: encode: %w", err)
	}
	req, err := http.NewRequest(http.MethodPost, endpoint, bytes.NewReader(payload))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "ShippoToken "+c.token)
	req.Header.Set("Shippo-API-Version", apiVersion)
	req.Header.Set("Content-Type", "application/json")

	res, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("shippo: %w", err)
	}
	defer res.Body.Close()

	if res.StatusCode != http.StatusCreated {
		return nil, fmt.Errorf("shippo: unexpected status %d", res.StatusCode)
	}
	var out struct {
		Rates []Rate `json:"rates"`
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, 1<<20)).Decode(&out); err != nil {
		return nil, fmt.Errorf("shippo: decode: %w", err)
	}
	return out.Rates, nil
}
