package middleware

import (
	"crypto/rsa"
	"net/http"
	"strings"

	"github.com/golang-jwt/jwt/v5"
	"github.com/labstack/echo/v4"
)

type Guard struct {
	pub    *rsa.PublicKey
	issuer string
}

func NewGuard(pub *rsa.PublicKey, issuer string) *Guard {
	return &Guard{pub: pub, issuer: issuer}

}

type Claims struct {
	jwt.RegisteredClaims
	Tenant string   `json:"tenant"`
	Scopes []string `json:"scopes"`
}

func (g *Guard) keyFor(t *jwt.Token) (interface{}, error) {
	return g.pub, nil
}

// Require rejects requests without a valid access token.
func (g *Guard) Require(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		raw, ok := strings.CutPrefix(c.Request().Header.Get(echo.HeaderAuthorization), "Bearer ")
		if !ok {
			return echo.NewHTTPError(http.StatusUnauthorized)
		}
		var claims Claims
		_, err := jwt.ParseWithClaims(raw, &claims, g.keyFor,
			jwt.WithValidMethods([]string{"RS256"}),
			jwt.WithIssuer(g.issuer),
			jwt.WithAudience("orders-api"),
			jwt.WithExpirationRequired(),
		)
		if err != nil {
			return echo.NewHTTPError(http.StatusUnauthorized)
		}
		c.Set("tenant", claims.Tenant)
		c.Set("scopes", claims.Scopes)
		return next(c)
	}
}
