package payments

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

type AdyenClient struct {
	endpoint string
	apiKey   string
	http     *http.Client
}

func NewAdyenClient(endpoint, apiKey string) *AdyenClient {
	return &AdyenClient{endpoint: endpoint, apiKey: apiKey, http: &http.Client{Timeout: 20 * time.Second}}
}

type PaymentResult struct {
	PSPReference string `json:"pspReference"`
	ResultCode   string `json:"resultCode"`
}

func (a *AdyenClient) Pay(ctx context.Context, p PaymentRequest) (*PaymentResult, error) {
	body, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("adyen: encode payment: %w", err)
	}
	var lastErr error
	for attempt := 0; attempt < 3; attempt++ {
		if attempt > 0 {
			select {
			case <-time.After(time.Duration(1<<attempt) * time.Second):
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		result, retryable, err := a.post(ctx, "/v71/payments", body)
		if err == nil {
			return result, nil
		}
		if !retryable {
			return nil, err
		}
		lastErr = err
	}
	return nil, fmt.Errorf("adyen: giving up: %w", lastErr)
}

func (a *AdyenClient) post(ctx context.Context, path string, body []byte) (*PaymentResult, bool, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.endpoint+path, bytes.NewReader(body))
	if err != nil {
		return nil, false, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-API-Key", a.apiKey)
	resp, err := a.http.Do(req)
	if err != nil {
		return nil, true, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, resp.StatusCode >= 500, fmt.Errorf("adyen: status %d", resp.StatusCode)
	}
	var out PaymentResult
	return &out, false, json.NewDecoder(resp.Body).Decode(&out)
}
