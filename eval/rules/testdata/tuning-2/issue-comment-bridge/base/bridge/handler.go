package bridge

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/google/go-github/v66/github"
)

// Queue stores a comment under the delivery id; a known id is a no-op.
type Queue interface {
	Add(ctx context.Context, delivery string, c Comment) error
}

type Comment struct {
	Repository string
	Issue      int
	Author     string
	Text       string
}

type Handler struct {
	Secret []byte
	Queue  Queue
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	payload, err := github.ValidatePayload(r, h.Secret)
	if err != nil {
		slog.Warn("delivery refused", "delivery", github.DeliveryID(r))
		http.Error(w, "signature", http.StatusUnauthorized)
		return
	}
	event, err := github.ParseWebHook(github.WebHookType(r), payload)
	if err != nil {
		http.Error(w, "event", http.StatusBadRequest)
		return
	}

	comment, ok := event.(*github.IssueCommentEvent)
	if !ok || comment.GetAction() != "created" || comment.GetSender().GetType() == "Bot" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	err = h.Queue.Add(r.Context(), github.DeliveryID(r), Comment{
		Repository: comment.GetRepo().GetFullName(),
		Issue:      comment.GetIssue().GetNumber(),
		Author:     comment.GetSender().GetLogin(),
		Text:       comment.GetComment().GetBody(),
	})
	if err != nil {
		slog.Error("comment not queued", "delivery", github.DeliveryID(r), "err", err)
		http.Error(w, "queue", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

func New(secret string, q Queue) *Handler {
	return &Handler{Secret: []byte(secret), Queue: q}
}
