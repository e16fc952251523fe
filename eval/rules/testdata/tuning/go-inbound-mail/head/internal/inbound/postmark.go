package inbound

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
)

// Postmark does not sign inbound webhooks; it supports basic auth in the URL.
type Server struct {
	user, pass string
	store      MessageStore
	log        *slog.Logger
}

type MessageStore interface {
	// Save is idempotent per message id.
	Save(ctx context.Context, id, from, subject string, raw []byte) error
}

type message struct {
	MessageID string `json:"MessageID"`
	From      string `json:"From"`
	Subject   string `json:"Subject"`
}

func New(user, pass string, store MessageStore, log *slog.Logger) *Server {
	return &Server{user: user, pass: pass, store: store, log: log}
}

func (s *Server) authorised(r *http.Request) bool {
	u, p, ok := r.BasicAuth()
	okUser := subtle.ConstantTimeCompare([]byte(u), []byte(s.user))
	okPass := subtle.ConstantTimeCompare([]byte(p), []byte(s.pass))
	return ok && okUser&okPass == 1
}

func (s *Server) inbound(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "unreadable body", http.StatusBadRequest)
		return
	}
	if !s.authorised(r) {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
	var m message
	if err := json.Unmarshal(raw, &m); err != nil || m.MessageID == "" {
		http.Error(w, "malformed message", http.StatusUnprocessableEntity)
		return
	}
	if err := s.store.Save(r.Context(), m.MessageID, m.From, m.Subject, raw); err != nil {
		s.log.Error("save inbound mail", "id", m.MessageID, "err", err)
		http.Error(w, "try later", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusOK)
}
