package address

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

var ErrUndeliverable = errors.New("address is undeliverable")

type Address struct {
	Street  string `json:"street"`
	Zip     string `json:"zip"`
	City    string `json:"city"`
	Country string `json:"country"`
}

type verdict struct {
	Deliverable bool     `json:"deliverable"`
	Normalized  *Address `json:"normalized"`
}

type Validator struct {
	baseURL string
	apiKey  string
	http    *http.Client
}

func NewValidator(baseURL, apiKey string) *Validator {
	return &Validator{baseURL: baseURL, apiKey: apiKey, http: http.DefaultClient}
}

func (v *Validator) Validate(ctx context.Context, a Address) (*Address, error) {
	body, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("encode address: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, v.baseURL+"/v2/verify", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Api-Key", v.apiKey)

	resp, err := v.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("address service: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("address service answered %d", resp.StatusCode)
	}

	var out verdict
	if err := json.NewDecoder(io.LimitReader(resp.Body, 64<<10)).Decode(&out); err != nil {
		return nil, fmt.Errorf("decode verdict: %w", err)
	}
	if !out.Deliverable || out.Normalized == nil {
		return nil, ErrUndeliverable
	}
	return out.Normalized, nil
}
