package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
)

var ErrNoToken = errors.New("bearer token missing")

type Verifier struct {
	keys   keyfunc.Keyfunc
	parser *jwt.Parser
}

func NewVerifier(ctx context.Context, tenant, audience string) (*Verifier, error) {
	keys, err := keyfunc.NewDefaultCtx(ctx, []string{"https://" + tenant + "/.well-known/jwks.json"})
	if err != nil {
		return nil, fmt.Errorf("auth0 jwks: %w", err)
	}
	return &Verifier{
		keys: keys,
		parser: jwt.NewParser(
			jwt.WithValidMethods([]string{jwt.SigningMethodRS256.Alg()}),
			jwt.WithIssuer("https://"+tenant+"/"),
			jwt.WithAudience(audience),
			jwt.WithExpirationRequired(),
		),
	}, nil
}

func (v *Verifier) Subject(r *http.Request) (string, error) {
	raw, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return "", ErrNoToken
	}
	claims := &jwt.RegisteredClaims{}
	if _, err := v.parser.ParseWithClaims(raw, claims, v.keys.Keyfunc); err != nil {
		return "", fmt.Errorf("access token: %w", err)
	}
	if claims.Subject == "" {
		return "", errors.New("access token without subject")
	}
	return claims.Subject, nil
}
