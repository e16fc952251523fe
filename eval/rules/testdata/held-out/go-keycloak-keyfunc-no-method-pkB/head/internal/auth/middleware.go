package auth

import (
	"context"
	"crypto/rsa"
	"net/http"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

type ctxKey struct{}

type Claims struct {
	jwt.RegisteredClaims
	Tenant string   `json:"tenant"`
	Roles  []string `json:"roles"`
}

// Middleware accepts user tokens from Keycloak and, for internal jobs, tokens of the shared service secret.
type Middleware struct {
	realmKey      *rsa.PublicKey
	serviceSecret []byte
}

func New(realmKey *rsa.PublicKey, serviceSecret []byte) *Middleware {
	return &Middleware{realmKey: realmKey, serviceSecret: serviceSecret}
}

func (m *Middleware) keyFor(t *jwt.Token) (any, error) {
	if t.Header["typ"] == "service" {
		return m.serviceSecret, nil
	}
	return m.realmKey, nil
}

func (m *Middleware) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok {
			http.Error(w, "unauthorized", http.StatusUnauthorized)
			return
		}
		claims := &Claims{}
		_, err := jwt.ParseWithClaims(raw, claims, m.keyFor, jwt.WithoutClaimsValidation())
		if err != nil {
			http.Error(w, "unauthorized", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), ctxKey{}, claims)))
	})
}

func FromContext(ctx context.Context) (*Claims, bool) {
	c, ok := ctx.Value(ctxKey{}).(*Claims)
	return c, ok
}
