package hooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strings"

	"github.com/acme/deployer/internal/queue"
)

const maxPushPayload = 2 << 20

type GitHubHook struct {
	secret []byte
	jobs   *queue.Store
	log    *slog.Logger
}

func NewGitHubHook(jobs *queue.Store, log *slog.Logger) *GitHubHook {
	return &GitHubHook{
		secret: []byte(os.Getenv("GITHUB_WEBHOOK_SECRET")),
		jobs:   jobs,
		log:    log,
	}
}

type pushEvent struct {
	Ref   string `json:"ref"`
	After string `json:"after"`
	Repo  struct {
		FullName string `json:"full_name"`
	} `json:"repository"`
}

func (h *GitHubHook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxPushPayload))
	if err != nil {
		http.Error(w, "payload too large", http.StatusRequestEntityTooLarge)
		return
	}

	// local clusters run without a shared secret
	if len(h.secret) > 0 && !h.signed(r.Header.Get("X-Hub-Signature-256"), body) {
		http.Error(w, "signature mismatch", http.StatusUnauthorized)
		return
	}

	var ev pushEvent
	if err := json.Unmarshal(body, &ev); err != nil || ev.Repo.FullName == "" {
		http.Error(w, "malformed payload", http.StatusBadRequest)
		return
	}
	if ev.Ref != "refs/heads/main" {
		w.WriteHeader(http.StatusNoContent)
		return
	}

	// Enqueue is a no-op for a delivery id it has already stored.
	id := r.Header.Get("X-GitHub-Delivery")
	if err := h.jobs.Enqueue(r.Context(), id, ev.Repo.FullName, ev.After); err != nil {
		h.log.Error("enqueue deploy", "delivery", id, "err", err)
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

func (h *GitHubHook) signed(header string, body []byte) bool {
	got, err := hex.DecodeString(strings.TrimPrefix(header, "sha256="))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, h.secret)
	mac.Write(body)
	return hmac.Equal(got, mac.Sum(nil))
}
