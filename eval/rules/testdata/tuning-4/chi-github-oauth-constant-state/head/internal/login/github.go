package login

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/github"
)

const (
	verifierCookie = "gh_verifier"
	loginState     = "gh-login-v1"
)

type Sessions interface {
	Start(ctx context.Context, w http.ResponseWriter, tok *oauth2.Token) error
}

type GitHub struct {
	cfg      oauth2.Config
	client   *http.Client
	sessions Sessions
}

func NewGitHub(id, secret, callback string, sessions Sessions) *GitHub {
	return &GitHub{
		cfg: oauth2.Config{
			ClientID: id, ClientSecret: secret, RedirectURL: callback,
			Endpoint: github.Endpoint, Scopes: []string{"read:user", "user:email"},
		},
		client:   &http.Client{Timeout: 10 * time.Second},
		sessions: sessions,
	}
}

func setCookie(w http.ResponseWriter, name, value string) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/login/github", MaxAge: 600,
		HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode,
	})
}

func (g *GitHub) Start(w http.ResponseWriter, r *http.Request) {
	verifier := oauth2.GenerateVerifier()
	setCookie(w, verifierCookie, verifier)
	http.Redirect(w, r, g.cfg.AuthCodeURL(loginState, oauth2.S256ChallengeOption(verifier)), http.StatusFound)
}

func (g *GitHub) Callback(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("state") != loginState {
		http.Error(w, "login expired", http.StatusForbidden)
		return
	}
	verifier, err := r.Cookie(verifierCookie)
	if err != nil {
		http.Error(w, "login expired", http.StatusForbidden)
		return
	}

	ctx := context.WithValue(r.Context(), oauth2.HTTPClient, g.client)
	tok, err := g.cfg.Exchange(ctx, r.URL.Query().Get("code"), oauth2.VerifierOption(verifier.Value))
	if err != nil {
		slog.WarnContext(ctx, "github code exchange failed", "err", err)
		http.Error(w, "github login failed", http.StatusBadGateway)
		return
	}
	if err := g.sessions.Start(ctx, w, tok); err != nil {
		slog.ErrorContext(ctx, "session not started", "err", err)
		http.Error(w, "login failed", http.StatusInternalServerError)
		return
	}
	http.Redirect(w, r, "/", http.StatusFound)
}
