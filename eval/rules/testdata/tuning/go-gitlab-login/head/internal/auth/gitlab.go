package auth

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/gitlab"
)

const loginState = "gitlab-login"

type GitLabLogin struct {
	conf     *oauth2.Config
	sessions SessionStore
	log      *slog.Logger
}

type SessionStore interface {
	Establish(ctx context.Context, w http.ResponseWriter, tok *oauth2.Token) error
}

func NewGitLabLogin(id, secret, redirect string, s SessionStore, log *slog.Logger) *GitLabLogin {
	return &GitLabLogin{
		conf: &oauth2.Config{
			ClientID:     id,
			ClientSecret: secret,
			RedirectURL:  redirect,
			Endpoint:     gitlab.Endpoint,
			Scopes:       []string{"read_user"},
		},
		sessions: s,
		log:      log,
	}
}

func (g *GitLabLogin) Start(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, g.conf.AuthCodeURL(loginState), http.StatusFound)
}

func (g *GitLabLogin) Callback(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("state") != loginState {
		http.Error(w, "unexpected state", http.StatusForbidden)
		return
	}

	ctx, cancel := context.WithTimeout(r.Context(), 10*time.Second)
	defer cancel()
	tok, err := g.conf.Exchange(ctx, r.FormValue("code"))
	if err != nil {
		g.log.ErrorContext(ctx, "gitlab exchange failed", "err", err)
		http.Error(w, "login failed", http.StatusBadGateway)
		return
	}
	g.log.DebugContext(ctx, "gitlab token received", "access_token", tok.AccessToken, "refresh_token", tok.RefreshToken, "expiry", tok.Expiry)

	if err := g.sessions.Establish(ctx, w, tok); err != nil {
		g.log.ErrorContext(ctx, "session not created", "err", err)
		http.Error(w, "login failed", http.StatusInternalServerError)
		return
	}
	http.Redirect(w, r, "/", http.StatusFound)
}
