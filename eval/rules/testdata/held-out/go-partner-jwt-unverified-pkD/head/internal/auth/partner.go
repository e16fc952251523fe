package auth

import (
	"context"
	"crypto/rsa"
	"net/http"
	"strings"

	"github.com/golang-jwt/jwt/v5"
	"github.com/labstack/echo/v4"
)

type KeySource interface {
	Key(ctx context.Context, kid string) (*rsa.PublicKey, error)
}

type PartnerClaims struct {
	jwt.RegisteredClaims
	Vault string `json:"vault"`
}

func Partner(keys KeySource) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			raw, ok := strings.CutPrefix(c.Request().Header.Get("Authorization"), "Bearer ")
			if !ok {
				return echo.NewHTTPError(http.StatusUnauthorized)
			}
			claims := &PartnerClaims{}
			_, _, err := jwt.NewParser().ParseUnverified(raw, claims)
			if err != nil {
				return echo.NewHTTPError(http.StatusUnauthorized)
			}
			if _, err := keys.Key(c.Request().Context(), claims.Issuer); err != nil {
				return echo.NewHTTPError(http.StatusForbidden, "unknown partner")
			}
			c.Set("vault", claims.Vault)
			return next(c)
		}
	}
}
