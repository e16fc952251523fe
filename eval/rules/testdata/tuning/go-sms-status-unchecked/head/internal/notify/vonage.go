package notify

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const smsURL = "https://rest.nexmo.com/sms/json"

type Outbox interface {
	MarkSent(ctx context.Context, id string, at time.Time) error
}

type VonageSender struct {
	key, secret, from string
	client            *http.Client
	outbox            Outbox
}

func NewVonageSender(key, secret, from string, outbox Outbox) *VonageSender {
	return &VonageSender{key: key, secret: secret, from: from, outbox: outbox, client: &http.Client{Timeout: 10 * time.Second}}
}

func (s *VonageSender) Send(ctx context.Context, id, to, text string) error {
	form := url.Values{
		"api_key":    {s.key},
		"api_secret": {s.secret},
		"from":       {s.from},
		"to":         {to},
		"text":       {text},
		"client-ref": {id},
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, smsURL, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")

	res, err := s.client.Do(req)
	if err != nil {
		return fmt.Errorf("send sms %s: %w", id, err)
	}
	defer res.Body.Close()

	return s.outbox.MarkSent(ctx, id, time.Now().UTC())
}
