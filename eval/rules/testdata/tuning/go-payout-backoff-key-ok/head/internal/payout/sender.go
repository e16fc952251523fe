package payout

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v4"
)

type Payout struct {
	ID          string `json:"reference"`
	IBAN        string `json:"iban"`
	AmountMinor int64  `json:"amount_minor"`
	Currency    string `json:"currency"`
}

type Sender struct {
	url    string
	token  string
	client *http.Client
}

func NewSender(url, token string) *Sender {
	return &Sender{url: url, token: token, client: &http.Client{Timeout: 20 * time.Second}}
}

func (s *Sender) Send(ctx context.Context, p Payout) error {
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	policy := backoff.NewExponentialBackOff()
	policy.InitialInterval = 400 * time.Millisecond
	policy.MaxElapsedTime = 2 * time.Minute

	return backoff.Retry(func() error { return s.post(ctx, p.ID, body) },
		backoff.WithContext(backoff.WithMaxRetries(policy, 5), ctx))
}

func (s *Sender) post(ctx context.Context, id string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/payouts", bytes.NewReader(body))
	if err != nil {
		return backoff.Permanent(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+s.token)
	req.Header.Set("Idempotency-Key", "payout-"+id)

	res, err := s.client.Do(req)
	if err != nil {
		return fmt.Errorf("payout %s: %w", id, err)
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10))

	switch {
	case res.StatusCode == http.StatusCreated:
		return nil
	case res.StatusCode >= 500:
		return fmt.Errorf("payout %s: status %d", id, res.StatusCode)
	default:
		return backoff.Permanent(fmt.Errorf("payout %s: status %d", id, res.StatusCode))
	}
}
