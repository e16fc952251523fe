package web

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"log/slog"
	"net/http"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/gin-gonic/gin"
	"golang.org/x/oauth2"
)

type GoogleLogin struct {
	conf     *oauth2.Config
	verifier *oidc.IDTokenVerifier
	sessions SessionStarter
	log      *slog.Logger
}

func (g *GoogleLogin) Start(c *gin.Context) {
	buf := make([]byte, 24)
	if _, err := rand.Read(buf); err != nil {
		c.AbortWithStatus(http.StatusInternalServerError)
		return
	}
	state := base64.RawURLEncoding.EncodeToString(buf)
	c.SetSameSite(http.SameSiteLaxMode)
	c.SetCookie("g_state", state, 600, "/auth/google", "", true, true)
	c.Redirect(http.StatusFound, g.conf.AuthCodeURL(state))
}

func (g *GoogleLogin) Callback(c *gin.Context) {
	if reason := c.Query("error"); reason != "" {
		c.Redirect(http.StatusFound, "/login?denied=1")
		return
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), 10*time.Second)
	defer cancel()

	token, err := g.conf.Exchange(ctx, c.Query("code"))
	if err != nil {
		g.log.Warn("google code exchange", "err", err)
		c.Redirect(http.StatusFound, "/login?failed=1")
		return
	}
	raw, _ := token.Extra("id_token").(string)
	idToken, err := g.verifier.Verify(ctx, raw)
	if err != nil {
		g.log.Warn("google id token", "err", err)
		c.Redirect(http.StatusFound, "/login?failed=1")
		return
	}
	if err := g.sessions.Start(c, idToken.Subject); err != nil {
		g.log.Error("start session", "err", err)
		c.AbortWithStatus(http.StatusInternalServerError)
		return
	}
	c.Redirect(http.StatusFound, "/")
}
