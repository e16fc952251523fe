package middleware

import (
	"crypto/rsa"

	"net/http"
	"strings"

	"github.com/golang-jwt/jwt/v5"
	"github.com/labstack/echo/v4"
)

type TokenGuard struct {
	key    *rsa.PublicKey
	issuer string
}

func NewTokenGuard(key *rsa.PublicKey, issuer string) *TokenGuard {
	return &TokenGuard{key: key, issuer: issuer}
}

type claims struct {
	jwt.RegisteredClaims
	Tenant string `json:"tenant"`
}

func (g *TokenGuard) keyFor(*jwt.Token) (interface{}, error) {
	return g.key, nil
}

// Require rejects requests without a valid access token.
func (g *TokenGuard) Require(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		raw, ok := strings.CutPrefix(c.Request().Header.Get(echo.HeaderAuthorization), "Bearer ")
		if !ok {
			return echo.NewHTTPError(http.StatusUnauthorized)
		}
		var cl claims
		_, err := jwt.ParseWithClaims(raw, &cl, g.keyFor,
			jwt.WithValidMethods([]string{jwt.SigningMethodRS256.Alg()}),
			jwt.WithIssuer(g.issuer),
			jwt.WithAudience("shipments-api"),
			jwt.WithExpirationRequired(),
		)
		if err != nil || cl.Tenant == "" {
			return echo.NewHTTPError(http.StatusUnauthorized)
		}
		c.Set("tenant", cl.Tenant)
		return next(c)
	}
}
