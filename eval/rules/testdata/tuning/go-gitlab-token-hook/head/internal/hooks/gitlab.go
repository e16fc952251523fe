package hooks

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"

	"github.com/acme/deployer/internal/queue"
)

const maxGitLabPayload = 2 << 20

type GitLabHook struct {
	token []byte
	jobs  *queue.Store
	log   *slog.Logger
}

func NewGitLabHook(token string, jobs *queue.Store, log *slog.Logger) (*GitLabHook, error) {
	if token == "" {
		return nil, errors.New("gitlab hook: empty secret token")
	}
	return &GitLabHook{token: []byte(token), jobs: jobs, log: log}, nil
}

type gitlabPush struct {
	Ref     string `json:"ref"`
	After   string `json:"after"`
	Project struct {
		Path string `json:"path_with_namespace"`
	} `json:"project"`
}

func (h *GitLabHook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if subtle.ConstantTimeCompare([]byte(r.Header.Get("X-Gitlab-Token")), h.token) != 1 {
		http.Error(w, "unauthorized", http.StatusUnauthorized)
		return
	}
	if kind := r.Header.Get("X-Gitlab-Event"); kind != "Push Hook" && kind != "Tag Push Hook" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxGitLabPayload))
	if err != nil {
		http.Error(w, "payload too large", http.StatusRequestEntityTooLarge)
		return
	}
	var p gitlabPush
	if err := json.Unmarshal(body, &p); err != nil || p.Project.Path == "" || p.After == "" {
		http.Error(w, "malformed payload", http.StatusBadRequest)
		return
	}
	// the idempotency key of GitLab stays the same over its own redeliveries
	id := r.Header.Get("Idempotency-Key")
	if id == "" {
		id = p.Project.Path + "@" + p.Ref + "@" + p.After
	}
	if err := h.jobs.Enqueue(r.Context(), id, p.Project.Path, p.After); err != nil {
		h.log.Error("enqueue deploy", "delivery", id, "err", err)
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}
