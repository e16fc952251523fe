package httpauth

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

type Caller struct {
	Subject string
	Scopes  []string
}

type callerKey struct{}

type Bearer struct {
	verifier *oidc.IDTokenVerifier
	log      *slog.Logger
}

func NewBearer(ctx context.Context, issuer, audience string, log *slog.Logger) (*Bearer, error) {
	hc := &http.Client{Timeout: 10 * time.Second}
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, hc), issuer)
	if err != nil {
		return nil, fmt.Errorf("discover %s: %w", issuer, err)
	}
	return &Bearer{
		verifier: provider.Verifier(&oidc.Config{ClientID: audience}),
		log:      log,
	}, nil
}

func (b *Bearer) Protect(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		scheme, raw, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(scheme, "Bearer") || raw == "" {
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "unauthorized", http.StatusUnauthorized)
			return
		}
		token, err := b.verifier.Verify(r.Context(), raw)
		if err != nil {
			b.log.Info("bearer token rejected", "err", err, "path", r.URL.Path)
			http.Error(w, "unauthorized", http.StatusUnauthorized)
			return
		}
		var claims struct {
			Scp []string `json:"scp"`
		}
		if err := token.Claims(&claims); err != nil {
			http.Error(w, "unauthorized", http.StatusUnauthorized)
			return
		}
		ctx := context.WithValue(r.Context(), callerKey{}, Caller{Subject: token.Subject, Scopes: claims.Scp})
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
