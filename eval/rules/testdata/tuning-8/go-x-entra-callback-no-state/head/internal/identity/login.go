package identity

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"log/slog"
	"net/http"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

type Sessions interface {
	Start(ctx context.Context, w http.ResponseWriter, subject, email string) error
}

type Login struct {
	conf     *oauth2.Config
	verifier *oidc.IDTokenVerifier
	sessions Sessions
	log      *slog.Logger
}

func (l *Login) Begin(w http.ResponseWriter, r *http.Request) {
	b := make([]byte, 24)
	if _, err := rand.Read(b); err != nil {
		http.Error(w, "unavailable", http.StatusInternalServerError)
		return
	}
	http.Redirect(w, r, l.conf.AuthCodeURL(base64.RawURLEncoding.EncodeToString(b)), http.StatusFound)
}

func (l *Login) Callback(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 15*time.Second)
	defer cancel()

	token, err := l.conf.Exchange(ctx, r.URL.Query().Get("code"))
	if err != nil {
		l.log.Warn("code exchange failed", "err", err)
		http.Error(w, "login failed", http.StatusBadGateway)
		return
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		http.Error(w, "login failed", http.StatusBadGateway)
		return
	}
	idToken, err := l.verifier.Verify(ctx, raw)
	if err != nil {
		l.log.Warn("id token rejected", "err", err)
		http.Error(w, "login failed", http.StatusUnauthorized)
		return
	}
	var claims struct {
		Email string `json:"preferred_username"`
	}
	if err := idToken.Claims(&claims); err != nil {
		http.Error(w, "login failed", http.StatusBadGateway)
		return
	}
	if err := l.sessions.Start(ctx, w, idToken.Subject, claims.Email); err != nil {
		http.Error(w, "login failed", http.StatusInternalServerError)
		return
	}
	http.Redirect(w, r, "/", http.StatusFound)
}
