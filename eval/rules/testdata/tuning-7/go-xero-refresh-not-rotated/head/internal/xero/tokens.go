package xero

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"golang.org/x/oauth2"
)

type TokenStore struct {
	db   *sql.DB
	conf *oauth2.Config
	box  Sealer
}

// AccessToken returns a usable token of the tenant. The row lock keeps refreshes apart.
func (s *TokenStore) AccessToken(ctx context.Context, tenantID string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()

	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return "", fmt.Errorf("xero: begin: %w", err)
	}
	defer tx.Rollback()

	var access, refresh []byte
	var expiry time.Time
	err = tx.QueryRowContext(ctx,
		`SELECT access_token, refresh_token, expires_at FROM xero_tokens WHERE tenant_id = $1 FOR UPDATE`,
		tenantID).Scan(&access, &refresh, &expiry)
	if err != nil {
		return "", fmt.Errorf("xero: load token of %s: %w", tenantID, err)
	}
	if time.Until(expiry) > time.Minute {
		return s.box.Open(access)
	}

	refreshPlain, err := s.box.Open(refresh)
	if err != nil {
		return "", fmt.Errorf("xero: open refresh token: %w", err)
	}
	fresh, err := s.conf.TokenSource(ctx, &oauth2.Token{RefreshToken: refreshPlain}).Token()
	if err != nil {
		return "", fmt.Errorf("xero: refresh token of %s: %w", tenantID, err)
	}
	sealed, err := s.box.Seal(fresh.AccessToken)
	if err != nil {
		return "", fmt.Errorf("xero: seal token: %w", err)
	}
	_, err = tx.ExecContext(ctx,
		`UPDATE xero_tokens SET access_token = $1, expires_at = $2 WHERE tenant_id = $3`,
		sealed, fresh.Expiry, tenantID)
	if err != nil {
		return "", fmt.Errorf("xero: save token of %s: %w", tenantID, err)
	}
	if err := tx.Commit(); err != nil {
		return "", fmt.Errorf("xero: commit: %w", err)
	}
	return fresh.AccessToken, nil
}
