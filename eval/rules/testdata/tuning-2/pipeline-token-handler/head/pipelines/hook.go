package pipelines

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
)

const maxBody = 2 << 20

// Inbox ignores ids that it has stored before.
type Inbox interface {
	Put(ctx context.Context, id, kind string, body []byte) error
}

type Hook struct {
	token [sha256.Size]byte
	inbox Inbox
}

// NewHook fails on an empty token, the endpoint would be open otherwise.
func NewHook(token string, inbox Inbox) (*Hook, error) {
	if len(token) < 16 {
		return nil, errors.New("pipelines: the gitlab token is missing or too short")
	}
	return &Hook{token: sha256.Sum256([]byte(token)), inbox: inbox}, nil
}

func (h *Hook) allowed(r *http.Request) bool {
	given := sha256.Sum256([]byte(r.Header.Get("X-Gitlab-Token")))
	return subtle.ConstantTimeCompare(given[:], h.token[:]) == 1
}

func (h *Hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "method", http.StatusMethodNotAllowed)
		return
	}
	if !h.allowed(r) {
		http.Error(w, "token", http.StatusUnauthorized)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil || !json.Valid(body) {
		http.Error(w, "body", http.StatusBadRequest)
		return
	}
	id, kind := r.Header.Get("X-Gitlab-Event-UUID"), r.Header.Get("X-Gitlab-Event")
	if id == "" || kind != "Pipeline Hook" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if err := h.inbox.Put(r.Context(), id, kind, body); err != nil {
		slog.Error("pipeline event not stored", "id", id, "err", err)
		http.Error(w, "store", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}
