package openbanking

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
	ID           string
	AccessToken  string
	RefreshToken string
	ExpiresAt    time.Time
}

type ConnectionStore interface {
	WithLock(ctx context.Context, id string, fn func(c *Connection) error) error
	UpdateAccess(ctx context.Context, id, access string, expires time.Time) error
}

type Refresher struct {
	http         *http.Client
	clientID     string
	clientSecret string
	store        ConnectionStore
}

func NewRefresher(clientID, clientSecret string, store ConnectionStore) *Refresher {
	return &Refresher{http: &http.Client{Timeout: 10 * time.Second}, clientID: clientID, clientSecret: clientSecret, store: store}
}

// AccessToken returns a token valid for at least a minute.
func (r *Refresher) AccessToken(ctx context.Context, id string) (string, error) {
	var token string
	err := r.store.WithLock(ctx, id, func(c *Connection) error {
		if time.Until(c.ExpiresAt) > time.Minute {
			token = c.AccessToken
			return nil
		}
		form := url.Values{
			"grant_type":    {"refresh_token"},
			"client_id":     {r.clientID},
			"client_secret": {r.clientSecret},
			"refresh_token": {c.RefreshToken},
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://auth.truelayer.com/connect/token", strings.NewReader(form.Encode()))
		if err != nil {
			return err
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		resp, err := r.http.Do(req)
		if err != nil {
			return fmt.Errorf("refresh connection %s: %w", id, err)
		}
		defer resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			return fmt.Errorf("refresh connection %s: status %d", id, resp.StatusCode)
		}
		var out struct {
			AccessToken  string `json:"access_token"`
			RefreshToken string `json:"refresh_token"`
			ExpiresIn    int    `json:"expires_in"`
		}
		if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
			return fmt.Errorf("decode token: %w", err)
		}
		token = out.AccessToken
		return r.store.UpdateAccess(ctx, id, out.AccessToken, time.Now().Add(time.Duration(out.ExpiresIn)*time.Second))
	})
	return token, err
}
