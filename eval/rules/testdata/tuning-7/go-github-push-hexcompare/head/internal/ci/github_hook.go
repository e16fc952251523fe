package ci

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
)

type BuildQueue interface {
	// Enqueue is a no-op when the delivery was queued before.
	Enqueue(deliveryID, repo, sha string) error
}

type GitHubHook struct {
	Secret []byte
	Queue  BuildQueue
	Log    *slog.Logger
}

type pushEvent struct {
	After      string `json:"after"`
	Deleted    bool   `json:"deleted"`
	Repository struct {
		FullName string `json:"full_name"`
	} `json:"repository"`
}

func (g *GitHubHook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	payload, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 25<<20))
	if err != nil {
		http.Error(w, "body too large", http.StatusRequestEntityTooLarge)
		return
	}

	mac := hmac.New(sha256.New, g.Secret)
	mac.Write(payload)
	want := hex.EncodeToString(mac.Sum(nil))
	got := strings.TrimPrefix(r.Header.Get("X-Hub-Signature-256"), "sha256=")
	if got != want {
		g.Log.Warn("push with bad signature", "delivery", r.Header.Get("X-GitHub-Delivery"))
		http.Error(w, "bad signature", http.StatusUnauthorized)
		return
	}

	if r.Header.Get("X-GitHub-Event") != "push" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	var ev pushEvent
	if err := json.Unmarshal(payload, &ev); err != nil || ev.Repository.FullName == "" {
		http.Error(w, "malformed event", http.StatusBadRequest)
		return
	}
	if !ev.Deleted {
		if err := g.Queue.Enqueue(r.Header.Get("X-GitHub-Delivery"), ev.Repository.FullName, ev.After); err != nil {
			g.Log.Error("enqueue build", "repo", ev.Repository.FullName, "err", err)
			http.Error(w, "queue unavailable", http.StatusServiceUnavailable)
			return
		}
	}
	w.WriteHeader(http.StatusAccepted)
}
