package xero

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

type Connection struct {
	TenantID     string
	AccessToken  string
	RefreshToken string
	ExpiresAt    time.Time
}

type ConnectionStore interface {
	SaveAccessToken(ctx context.Context, tenantID, accessToken string, expiresAt time.Time) error
}

type Tokens struct {
	hc           *http.Client
	clientID     string
	clientSecret string
	store        ConnectionStore
}

func NewTokens(id, secret string, store ConnectionStore) *Tokens {
	return &Tokens{hc: &http.Client{Timeout: 10 * time.Second}, clientID: id, clientSecret: secret, store: store}
}

// Access returns a valid token; callers hold the advisory lock of the tenant.
func (t *Tokens) Access(ctx context.Context, conn *Connection) (string, error) {
	if time.Until(conn.ExpiresAt) > time.Minute {
		return conn.AccessToken, nil
	}
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {conn.RefreshToken}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://identity.xero.com/connect/token", strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	req.SetBasicAuth(t.clientID, t.clientSecret)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := t.hc.Do(req)
	if err != nil {
		return "", fmt.Errorf("xero refresh: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("xero refresh: status %d", resp.StatusCode)
	}
	var out struct {
		AccessToken string `json:"access_token"`
		ExpiresIn   int    `json:"expires_in"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return "", fmt.Errorf("xero refresh: decode: %w", err)
	}
	conn.AccessToken = out.AccessToken
	conn.ExpiresAt = time.Now().Add(time.Duration(out.ExpiresIn) * time.Second)
	if err := t.store.SaveAccessToken(ctx, conn.TenantID, conn.AccessToken, conn.ExpiresAt); err != nil {
		return "", fmt.Errorf("xero refresh: store: %w", err)
	}
	return conn.AccessToken, nil
}
