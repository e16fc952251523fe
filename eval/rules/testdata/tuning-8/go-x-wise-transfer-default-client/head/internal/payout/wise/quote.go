package wise

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
)

type Quote struct {
	ID           string  `json:"id"`
	Rate         float64 `json:"rate"`
	SourceAmount float64 `json:"sourceAmount"`
	TargetAmount float64 `json:"targetAmount"`
}

type Client struct {
	baseURL   string
	profileID int64
	token     string
}

func NewClient(baseURL, token string, profileID int64) *Client {
	return &Client{baseURL: baseURL, token: token, profileID: profileID}
}

// Quote asks for a non-binding rate before a payout batch is approved.
func (c *Client) Quote(source, target, targetAmount string) (*Quote, error) {
	body, err := json.Marshal(map[string]any{
		"sourceCurrency": source,
		"targetCurrency": target,
		"targetAmount":   json.Number(targetAmount),
		"payOut":         "BANK_TRANSFER",
	})
	if err != nil {
		return nil, fmt.Errorf("encode quote: %w", err)
	}

	req, err := http.NewRequest(http.MethodPost, fmt.Sprintf("%s/v3/profiles/%d/quotes", c.baseURL, c.profileID), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("Content-Type", "application/json")

	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("wise quote: %w", err)
	}
	defer resp.Body.Close()

	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("wise quote: status %d", resp.StatusCode)
	}
	var q Quote
	if err := json.NewDecoder(resp.Body).Decode(&q); err != nil {
		return nil, fmt.Errorf("wise quote: decode: %w", err)
	}
	return &q, nil
}
