package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"
)

type SMSSender struct {
	endpoint string
	token    func(context.Context) (string, error)
	from     string
	http     *http.Client
}

func NewSMSSender(endpoint, from string, token func(context.Context) (string, error)) *SMSSender {
	return &SMSSender{endpoint: endpoint, from: from, token: token, http: &http.Client{Timeout: 8 * time.Second}}
}

func (s *SMSSender) Send(ctx context.Context, to, text string) (string, error) {
	body, err := json.Marshal(map[string]string{
		"message_type": "text", "channel": "sms", "from": s.from, "to": to, "text": text,
	})
	if err != nil {
		return "", fmt.Errorf("encode sms: %w", err)
	}

	var last error
	for attempt := 1; attempt <= 10; attempt++ {
		id, err := s.post(ctx, body)
		if err == nil {
			return id, nil
		}
		last = err
		slog.WarnContext(ctx, "sms not sent", "attempt", attempt, "err", err)
	}
	return "", fmt.Errorf("sms given up: %w", last)
}

func (s *SMSSender) post(ctx context.Context, body []byte) (string, error) {
	token, err := s.token(ctx)
	if err != nil {
		return "", fmt.Errorf("vonage token: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.endpoint+"/v1/messages", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := s.http.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusAccepted {
		return "", fmt.Errorf("vonage answered %d", resp.StatusCode)
	}
	var out struct {
		ID string `json:"message_uuid"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 64<<10)).Decode(&out); err != nil {
		return "", fmt.Errorf("vonage answer: %w", err)
	}
	return out.ID, nil
}
