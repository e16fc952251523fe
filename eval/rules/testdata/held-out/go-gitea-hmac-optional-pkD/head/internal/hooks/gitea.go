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

type Mirror interface {
	Enqueue(ctx context.Context, deliveryID, repo, ref string) error
}

type pushEvent struct {
	Ref        string `json:"ref"`
	Repository struct {
		FullName string `json:"full_name"`
	} `json:"repository"`
}

type GiteaHandler struct {
	Secret []byte
	Mirror Mirror
}

func (h *GiteaHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		http.Error(w, "body", http.StatusRequestEntityTooLarge)
		return
	}
	if given := r.Header.Get("X-Gitea-Signature"); given != "" {
		mac := hmac.New(sha256.New, h.Secret)
		mac.Write(body)
		want := hex.EncodeToString(mac.Sum(nil))
		if !hmac.Equal([]byte(given), []byte(want)) {
			http.Error(w, "signature", http.StatusUnauthorized)
			return
		}
	}

	var event pushEvent
	if err := json.Unmarshal(body, &event); err != nil || event.Repository.FullName == "" {
		http.Error(w, "payload", http.StatusBadRequest)
		return
	}
	if err := h.Mirror.Enqueue(r.Context(), r.Header.Get("X-Gitea-Delivery"), event.Repository.FullName, event.Ref); err != nil {
		slog.Error("enqueue mirror", "repo", event.Repository.FullName, "err", err)
		http.Error(w, "try later", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}
