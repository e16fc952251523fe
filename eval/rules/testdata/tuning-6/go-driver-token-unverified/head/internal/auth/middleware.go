package auth

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

type contextKey struct{}

type DriverClaims struct {
	FleetID string `json:"fleet_id"`
	jwt.RegisteredClaims
}

// DriverFrom returns the claims that RequireDriver has put into the context.
func DriverFrom(ctx context.Context) (*DriverClaims, bool) {
	claims, ok := ctx.Value(contextKey{}).(*DriverClaims)
	return claims, ok
}

func RequireDriver(issuer string, log *slog.Logger) func(http.Handler) http.Handler {
	parser := jwt.NewParser()
	validator := jwt.NewValidator(
		jwt.WithIssuer(issuer),
		jwt.WithAudience("dispatch"),
		jwt.WithExpirationRequired(),
		jwt.WithLeeway(15*time.Second),
	)

	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			raw, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
			if !found {
				http.Error(w, "missing token", http.StatusUnauthorized)
				return
			}
			claims := new(DriverClaims)
			if _, _, err := parser.ParseUnverified(raw, claims); err != nil {
				http.Error(w, "invalid token", http.StatusUnauthorized)
				return
			}
			if err := validator.Validate(claims); err != nil {
				log.InfoContext(r.Context(), "token rejected", "err", err)
				http.Error(w, "invalid token", http.StatusUnauthorized)
				return
			}
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), contextKey{}, claims)))
		})
	}
}
