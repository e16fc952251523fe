package dhl

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/sirupsen/logrus"
)

type tokenResponse struct {
	AccessToken string `json:"access_token"`
	ExpiresIn   int    `json:"expires_in"`
}

type Auth struct {
	mu       sync.Mutex
	http     *http.Client
	endpoint string
	id       string
	secret   string
	token    string
	expires  time.Time
	log      *logrus.Entry
}

func NewAuth(endpoint, id, secret string, log *logrus.Entry) *Auth {
	return &Auth{http: &http.Client{Timeout: 10 * time.Second}, endpoint: endpoint, id: id, secret: secret, log: log}
}

func (a *Auth) Token(ctx context.Context) (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.token != "" && time.Now().Before(a.expires) {
		return a.token, nil
	}

	form := url.Values{"grant_type": {"client_credentials"}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.endpoint, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	req.SetBasicAuth(a.id, a.secret)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := a.http.Do(req)
	if err != nil {
		return "", fmt.Errorf("dhl token: %w", err)
	}
	defer resp.Body.Close()

	raw, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	if err != nil {
		return "", fmt.Errorf("read dhl token: %w", err)
	}
	a.log.WithFields(logrus.Fields{"status": resp.StatusCode, "body": string(raw)}).Info("dhl token refreshed")
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("dhl token: status %d", resp.StatusCode)
	}
	var t tokenResponse
	if err := json.Unmarshal(raw, &t); err != nil {
		return "", fmt.Errorf("decode dhl token: %w", err)
	}
	a.token = t.AccessToken
	a.expires = time.Now().Add(time.Duration(t.ExpiresIn-60) * time.Second)
	return a.token, nil
}
