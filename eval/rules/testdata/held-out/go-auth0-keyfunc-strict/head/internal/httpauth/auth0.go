package httpauth

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
)

type Claims struct {
	Scope string `json:"scope"`
	jwt.RegisteredClaims
}

func (c Claims) HasScope(scope string) bool {
	for _, s := range strings.Fields(c.Scope) {
		if s == scope {
			return true
		}
	}
	return false
}

type ctxKey struct{}

type Auth0 struct {
	keys   keyfunc.Keyfunc
	parser *jwt.Parser
}

func NewAuth0(ctx context.Context, domain, audience string) (*Auth0, error) {
	issuer := "https://" + domain + "/"
	keys, err := keyfunc.NewDefaultCtx(ctx, []string{issuer + ".well-known/jwks.json"})
	if err != nil {
		return nil, fmt.Errorf("httpauth: load keys of %s: %w", domain, err)
	}
	return &Auth0{
		keys: keys,
		parser: jwt.NewParser(
			jwt.WithValidMethods([]string{"RS256"}),
			jwt.WithIssuer(issuer),
			jwt.WithAudience(audience),
			jwt.WithExpirationRequired(),
		),
	}, nil
}

// Require lets requests through whose token has the scope.
func (a *Auth0) Require(scope string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		var claims Claims
		if ok {
			_, err := a.parser.ParseWithClaims(raw, &claims, a.keys.Keyfunc)
			ok = err == nil
		}
		switch {
		case !ok:
			w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
			http.Error(w, "unauthorized", http.StatusUnauthorized)
		case !claims.HasScope(scope):
			http.Error(w, "forbidden", http.StatusForbidden)
		default:
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), ctxKey{}, claims)))
		}
	})
}
