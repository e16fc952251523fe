package gateway

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

type ctxKey struct{}

type Principal struct {
	Subject string
	Groups  []string
}

type oktaClaims struct {
	Groups []string `json:"groups"`
	jwt.RegisteredClaims
}

func RequireGroup(group string, next http.Handler) http.Handler {
	parser := jwt.NewParser()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok {
			http.Error(w, "unauthorized", http.StatusUnauthorized)
			return
		}
		var claims oktaClaims
		if _, _, err := parser.ParseUnverified(raw, &claims); err != nil {
			http.Error(w, "unauthorized", http.StatusUnauthorized)
			return
		}
		if claims.ExpiresAt == nil || claims.ExpiresAt.Before(time.Now()) {
			http.Error(w, "token expired", http.StatusUnauthorized)
			return
		}
		if !slices.Contains(claims.Groups, group) {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		ctx := context.WithValue(r.Context(), ctxKey{}, Principal{Subject: claims.Subject, Groups: claims.Groups})
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
