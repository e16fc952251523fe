package payout

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"time"
)

const attempts = 4

type Payout struct {
	ID          string // uuid, primary key of the payouts table
	Account     string
	Counterpart string
	Minor       int64
	Currency    string
}

type Adyen struct {
	Base string
	Key  string
	HTTP *http.Client
}

func NewAdyen(base, key string) *Adyen {
	return &Adyen{Base: base, Key: key, HTTP: &http.Client{Timeout: 20 * time.Second}}
}

type temporary struct{ error }

// Send starts the transfer and returns Adyen's id of it.
func (a *Adyen) Send(ctx context.Context, p Payout) (string, error) {
	body, err := json.Marshal(map[string]any{
		"amount":           map[string]any{"value": p.Minor, "currency": p.Currency},
		"balanceAccountId": p.Account,
		"category":         "bank",
		"counterparty":     map[string]any{"transferInstrumentId": p.Counterpart},
		"reference":        p.ID,
	})
	if err != nil {
		return "", err
	}
	for n := 1; ; n++ {
		id, err := a.post(ctx, p.ID, body)
		var t temporary
		if err == nil || !errors.As(err, &t) || n == attempts {
			return id, err
		}
		select {
		case <-time.After(time.Second<<n + rand.N(time.Second)):
		case <-ctx.Done():
			return "", errors.Join(ctx.Err(), err)
		}
	}
}

func (a *Adyen) post(ctx context.Context, key string, body []byte) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.Base+"/btl/v4/transfers", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-API-Key", a.Key)
	req.Header.Set("Idempotency-Key", key)
	resp, err := a.HTTP.Do(req)
	if err != nil {
		return "", temporary{fmt.Errorf("adyen: transfer: %w", err)}
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode >= 500 {
		return "", temporary{fmt.Errorf("adyen: transfer answered %d", resp.StatusCode)}
	}
	if resp.StatusCode != http.StatusAccepted && resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("adyen: transfer answered %d", resp.StatusCode)
	}
	var out struct {
		ID string `json:"id"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&out); err != nil {
		return "", fmt.Errorf("adyen: decode: %w", err)
	}
	return out.ID, nil
}
