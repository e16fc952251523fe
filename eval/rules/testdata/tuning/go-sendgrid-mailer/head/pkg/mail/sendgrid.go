package mail

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

type SendGrid struct {
	apiKey string
	from   string
	client *http.Client
}

func NewSendGrid(apiKey, from string) *SendGrid {
	return &SendGrid{
		apiKey: apiKey,
		from:   from,
		client: &http.Client{Timeout: 10 * time.Second},
	}
}

type address struct {
	Email string `json:"email"`
}

type personalization struct {
	To   []address         `json:"to"`
	Data map[string]string `json:"dynamic_template_data"`
}

type sendRequest struct {
	From             address           `json:"from"`
	TemplateID       string            `json:"template_id"`
	Personalizations []personalization `json:"personalizations"`
}

func (s *SendGrid) SendTemplate(ctx context.Context, to, template string, data map[string]string) error {
	payload, err := json.Marshal(sendRequest{
		From:             address{Email: s.from},
		TemplateID:       template,
		Personalizations: []personalization{{To: []address{{Email: to}}, Data: data}},
	})
	if err != nil {
		return fmt.Errorf("sendgrid: encode: %w", err)
	}

	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://api.sendgrid.com/v3/mail/send", bytes.NewReader(payload))
	if err != nil {
		return fmt.Errorf("sendgrid: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+s.apiKey)
	req.Header.Set("Content-Type", "application/json")

	res, err := s.client.Do(req)
	if err != nil {
		return fmt.Errorf("sendgrid: %w", err)
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10))
	return nil
}
