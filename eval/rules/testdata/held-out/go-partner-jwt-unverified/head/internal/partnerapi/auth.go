package partnerapi

import (
	"net/http"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/labstack/echo/v4"
)

const partnerKey = "partner"

type PartnerClaims struct {
	PartnerID string   `json:"partner_id"`
	Scopes    []string `json:"scopes"`
	jwt.RegisteredClaims
}

type Revocations interface {
	IsRevoked(jti string) (bool, error)
}

// PartnerAuth puts the claims of the calling partner into the context.
func PartnerAuth(revoked Revocations) echo.MiddlewareFunc {
	parser := jwt.NewParser()
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			raw, ok := strings.CutPrefix(c.Request().Header.Get(echo.HeaderAuthorization), "Bearer ")
			if !ok {
				return echo.NewHTTPError(http.StatusUnauthorized, "bearer token required")
			}

			claims := &PartnerClaims{}
			if _, _, err := parser.ParseUnverified(raw, claims); err != nil {
				return echo.NewHTTPError(http.StatusUnauthorized, "malformed token")
			}
			if claims.ExpiresAt == nil || claims.ExpiresAt.Before(time.Now()) {
				return echo.NewHTTPError(http.StatusUnauthorized, "token expired")
			}
			gone, err := revoked.IsRevoked(claims.ID)
			if err != nil {
				c.Logger().Errorf("revocation check: %v", err)
				return echo.NewHTTPError(http.StatusServiceUnavailable)
			}
			if gone || claims.PartnerID == "" {
				return echo.NewHTTPError(http.StatusUnauthorized, "token not accepted")
			}
			c.Set(partnerKey, claims)
			return next(c)
		}
	}
}
