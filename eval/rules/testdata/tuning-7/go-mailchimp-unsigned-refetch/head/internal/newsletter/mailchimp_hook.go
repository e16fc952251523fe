package newsletter

import (
	"context"
	"crypto/subtle"
	"log/slog"
	"net/http"

	"github.com/go-chi/chi/v5"
)

type Members interface {
	// Refresh reads the member from the Mailchimp API and saves its status.
	Refresh(ctx context.Context, listID, email string) error
}

type MailchimpHook struct {
	members   Members
	pathToken string
	listID    string
	log       *slog.Logger
}

func (h *MailchimpHook) Mount(r chi.Router) {
	r.Get("/hooks/mailchimp/{token}", h.probe)
	r.Post("/hooks/mailchimp/{token}", h.receive)
}

func (h *MailchimpHook) allowed(r *http.Request) bool {
	return h.pathToken != "" &&
		subtle.ConstantTimeCompare([]byte(chi.URLParam(r, "token")), []byte(h.pathToken)) == 1
}

func (h *MailchimpHook) probe(w http.ResponseWriter, r *http.Request) {
	if !h.allowed(r) {
		http.NotFound(w, r)
		return
	}
	w.WriteHeader(http.StatusOK)
}

func (h *MailchimpHook) receive(w http.ResponseWriter, r *http.Request) {
	if !h.allowed(r) {
		http.NotFound(w, r)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "malformed form", http.StatusBadRequest)
		return
	}
	email := r.PostForm.Get("data[email]")
	if email == "" || r.PostForm.Get("data[list_id]") != h.listID {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if err := h.members.Refresh(r.Context(), h.listID, email); err != nil {
		h.log.Error("refresh member", "type", r.PostForm.Get("type"), "err", err)
		http.Error(w, "try again", http.StatusBadGateway)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
