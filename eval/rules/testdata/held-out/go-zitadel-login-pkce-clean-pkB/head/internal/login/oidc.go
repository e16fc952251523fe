package login

import (
	"context"
	"crypto/subtle"
	"net/http"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/google/uuid"
	"go.uber.org/zap"
	"golang.org/x/oauth2"
)

type Login struct {
	conf     *oauth2.Config
	verifier *oidc.IDTokenVerifier
	sessions SessionStore
	log      *zap.Logger
}

func (l *Login) Start(w http.ResponseWriter, r *http.Request) {
	pending := Pending{State: uuid.NewString(), Nonce: uuid.NewString(), CodeVerifier: oauth2.GenerateVerifier()}
	if err := l.sessions.SavePending(w, r, pending); err != nil {
		l.log.Error("save login attempt", zap.Error(err))
		http.Error(w, "login not possible", http.StatusInternalServerError)
		return
	}
	target := l.conf.AuthCodeURL(pending.State, oidc.Nonce(pending.Nonce), oauth2.S256ChallengeOption(pending.CodeVerifier))
	http.Redirect(w, r, target, http.StatusFound)
}

func (l *Login) Callback(w http.ResponseWriter, r *http.Request) {
	pending, err := l.sessions.TakePending(w, r)
	if err != nil || subtle.ConstantTimeCompare([]byte(pending.State), []byte(r.URL.Query().Get("state"))) != 1 {
		http.Error(w, "login expired", http.StatusBadRequest)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), 10*time.Second)
	defer cancel()

	token, err := l.conf.Exchange(ctx, r.URL.Query().Get("code"), oauth2.VerifierOption(pending.CodeVerifier))
	if err != nil {
		l.log.Warn("code exchange failed", zap.Error(err))
		http.Error(w, "login failed", http.StatusBadGateway)
		return
	}
	rawID, _ := token.Extra("id_token").(string)
	idToken, err := l.verifier.Verify(ctx, rawID)
	if err != nil || idToken.Nonce != pending.Nonce {
		l.log.Warn("id token rejected", zap.Error(err))
		http.Error(w, "login failed", http.StatusUnauthorized)
		return
	}
	if err := l.sessions.Begin(w, r, idToken.Subject); err != nil {
		http.Error(w, "login failed", http.StatusInternalServerError)
		return
	}
	http.Redirect(w, r, "/dashboard", http.StatusFound)
}
