package ci

import (
	"errors"
	"log/slog"
	"net/http"

	"github.com/google/go-github/v62/github"
)

const maxPayload = 5 << 20

type Scheduler interface {
	// Schedule is idempotent per (repo, sha).
	Schedule(r *http.Request, repo, sha string) error
}

type WebhookHandler struct {
	scheduler Scheduler
	secret    []byte
	log       *slog.Logger
}

func NewWebhookHandler(s Scheduler, secret []byte, log *slog.Logger) (*WebhookHandler, error) {
	if len(secret) == 0 {
		return nil, errors.New("github webhook secret is empty")
	}
	return &WebhookHandler{scheduler: s, secret: secret, log: log}, nil
}

func (h *WebhookHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxPayload)
	payload, err := github.ValidatePayload(r, h.secret)
	if err != nil {
		http.Error(w, "signature mismatch", http.StatusUnauthorized)
		return
	}
	event, err := github.ParseWebHook(github.WebHookType(r), payload)
	if err != nil {
		http.Error(w, "unknown event", http.StatusBadRequest)
		return
	}

	push, ok := event.(*github.PushEvent)
	if !ok || push.GetDeleted() {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if err := h.scheduler.Schedule(r, push.GetRepo().GetFullName(), push.GetAfter()); err != nil {
		h.log.Error("schedule build", "repo", push.GetRepo().GetFullName(), "err", err)
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}
