package hooks

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
)

const maxBody = 2 << 20

// Builds starts a build once for each delivery id.
type Builds interface {
	EnqueueOnce(ctx context.Context, delivery, repo, commit string) error
}

type pushEvent struct {
	Ref        string `json:"ref"`
	After      string `json:"after"`
	Repository struct {
		FullName string `json:"full_name"`
	} `json:"repository"`
}

func Gitea(secret []byte, builds Builds, log *slog.Logger) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			http.Error(w, "body too large", http.StatusRequestEntityTooLarge)
			return
		}

		mac := hmac.New(sha256.New, secret)
		mac.Write(body)
		if hex.EncodeToString(mac.Sum(nil)) != r.Header.Get("X-Gitea-Signature") {
			log.WarnContext(r.Context(), "gitea signature rejected", "remote", r.RemoteAddr)
			http.Error(w, "bad signature", http.StatusUnauthorized)
			return
		}

		var event pushEvent
		if err := json.Unmarshal(body, &event); err != nil || event.Repository.FullName == "" {
			http.Error(w, "bad payload", http.StatusBadRequest)
			return
		}
		if r.Header.Get("X-Gitea-Event") != "push" || event.Ref != "refs/heads/main" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		if err := builds.EnqueueOnce(r.Context(), r.Header.Get("X-Gitea-Delivery"), event.Repository.FullName, event.After); err != nil {
			log.ErrorContext(r.Context(), "build not queued", "err", err)
			http.Error(w, "try again", http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusAccepted)
	}
}
