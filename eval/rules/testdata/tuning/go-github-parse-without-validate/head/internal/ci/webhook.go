package ci

import (
	"io"
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
	log       *slog.Logger
}

func NewWebhookHandler(s Scheduler, log *slog.Logger) *WebhookHandler {
	return &WebhookHandler{scheduler: s, log: log}
}

func (h *WebhookHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	payload, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxPayload))
	if err != nil {
		http.Error(w, "unreadable body", http.StatusBadRequest)
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
