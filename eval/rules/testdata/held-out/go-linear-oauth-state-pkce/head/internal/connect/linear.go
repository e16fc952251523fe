package connect

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"golang.org/x/oauth2"
)

type Vault interface {
	StoreToken(ctx context.Context, workspace string, token *oauth2.Token) error
}

type Linear struct {
	conf     *oauth2.Config
	sessions *scs.SessionManager
	vault    Vault
	log      *slog.Logger
}

func (l *Linear) Begin(w http.ResponseWriter, r *http.Request) {
	raw := make([]byte, 20)
	if _, err := rand.Read(raw); err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	state, verifier := hex.EncodeToString(raw), oauth2.GenerateVerifier()
	l.sessions.Put(r.Context(), "linear.state", state)
	l.sessions.Put(r.Context(), "linear.verifier", verifier)
	http.Redirect(w, r, l.conf.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier)), http.StatusFound)
}

func (l *Linear) Finish(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 15*time.Second)
	defer cancel()

	want := l.sessions.PopString(ctx, "linear.state")
	verifier := l.sessions.PopString(ctx, "linear.verifier")
	got := r.FormValue("state")
	if want == "" || subtle.ConstantTimeCompare([]byte(want), []byte(got)) != 1 {
		http.Error(w, "the connection was not started here", http.StatusBadRequest)
		return
	}
	if r.FormValue("error") != "" {
		http.Redirect(w, r, "/settings/connections?linear=denied", http.StatusSeeOther)
		return
	}

	token, err := l.conf.Exchange(ctx, r.FormValue("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		l.log.Warn("linear code exchange failed", "err", err)
		http.Redirect(w, r, "/settings/connections?linear=failed", http.StatusSeeOther)
		return
	}
	if err := l.vault.StoreToken(ctx, l.sessions.GetString(ctx, "workspace"), token); err != nil {
		l.log.Error("store linear token", "err", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	http.Redirect(w, r, "/settings/connections?linear=ok", http.StatusSeeOther)
}
