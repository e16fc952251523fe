package payout

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"time"
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
	log    *slog.Logger
}

func NewSender(url, token string, log *slog.Logger) *Sender {
	return &Sender{url: url, token: token, log: log, client: &http.Client{Timeout: 20 * time.Second}}
}

func (s *Sender) Send(ctx context.Context, p Payout) error {
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/payouts", bytes.NewReader(body))
		if err != nil {
			return err
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Authorization", "Bearer "+s.token)

		res, err := s.client.Do(req)
		if err != nil {
			s.log.Warn("payout not sent", "id", p.ID, "err", err)
			continue
		}
		io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10))
		res.Body.Close()
		if res.StatusCode == http.StatusCreated {
			return nil
		}
		s.log.Warn("payout refused", "id", p.ID, "status", res.StatusCode)
	}
}
