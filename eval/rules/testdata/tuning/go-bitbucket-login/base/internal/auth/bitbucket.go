package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"log/slog"
	"net/http"
	"time"

	"golang.org/x/oauth2"
)

const (
	stateCookie    = "__Host-bb-state"
	verifierCookie = "__Host-bb-verifier"
)

type Sessions interface {
	Establish(ctx context.Context, w http.ResponseWriter, tok *oauth2.Token) error
}

type Bitbucket struct {
	conf     *oauth2.Config
	sessions Sessions
	log      *slog.Logger
}

func NewBitbucket(conf *oauth2.Config, s Sessions, log *slog.Logger) *Bitbucket {
	return &Bitbucket{conf: conf, sessions: s, log: log}
}

func (b *Bitbucket) Start(w http.ResponseWriter, r *http.Request) {
	buf := make([]byte, 24)
	if _, err := rand.Read(buf); err != nil {
		http.Error(w, "try again", http.StatusInternalServerError)
		return
	}
	state := base64.RawURLEncoding.EncodeToString(buf)
	verifier := oauth2.GenerateVerifier()
	setCookie(w, stateCookie, state, 600)
	setCookie(w, verifierCookie, verifier, 600)
	http.Redirect(w, r, b.conf.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier)), http.StatusFound)
}

func (b *Bitbucket) Callback(w http.ResponseWriter, r *http.Request) {
	state, errState := r.Cookie(stateCookie)
	verifier, errVerifier := r.Cookie(verifierCookie)
	setCookie(w, stateCookie, "", -1)
	setCookie(w, verifierCookie, "", -1)
	if errState != nil || errVerifier != nil ||
		subtle.ConstantTimeCompare([]byte(r.URL.Query().Get("state")), []byte(state.Value)) != 1 {
		http.Error(w, "login expired", http.StatusForbidden)
		return
	}

	ctx, cancel := context.WithTimeout(r.Context(), 8*time.Second)
	defer cancel()
	tok, err := b.conf.Exchange(ctx, r.URL.Query().Get("code"), oauth2.VerifierOption(verifier.Value))
	if err != nil {
		b.log.WarnContext(ctx, "bitbucket exchange failed")
		http.Error(w, "login failed", http.StatusBadGateway)
		return
	}
	if err := b.sessions.Establish(ctx, w, tok); err != nil {
		b.log.ErrorContext(ctx, "session", "err", err)
		http.Error(w, "login failed", http.StatusInternalServerError)
		return
	}
	http.Redirect(w, r, "/", http.StatusFound)
}

func setCookie(w http.ResponseWriter, name, value string, maxAge int) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode,
	})
}
