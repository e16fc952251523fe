package workday

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sirupsen/logrus"
)

type Token struct {
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
	TokenType    string `json:"token_type"`
}

type Auth struct {
	client       http.Client
	tokenURL     string
	clientID     string
	clientSecret string
	log          *logrus.Entry
}

func NewAuth(tokenURL, clientID, clientSecret string, log *logrus.Entry) *Auth {
	return &Auth{
		client:       http.Client{Timeout: 15 * time.Second},
		tokenURL:     tokenURL,
		clientID:     clientID,
		clientSecret: clientSecret,
		log:          log.WithField("connector", "workday"),
	}
}

func (a *Auth) Refresh(ctx context.Context, refreshToken string) (*Token, error) {
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refreshToken}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.tokenURL, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.SetBasicAuth(a.clientID, a.clientSecret)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")

	resp, err := a.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("workday token: %w", err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	if err != nil {
		return nil, fmt.Errorf("workday token: read: %w", err)
	}
	a.log.Infof("token endpoint answered %d: %s", resp.StatusCode, raw)
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("workday token: status %d", resp.StatusCode)
	}
	var t Token
	if err := json.Unmarshal(raw, &t); err != nil {
		return nil, fmt.Errorf("workday token: decode: %w", err)
	}
	return &t, nil
}
