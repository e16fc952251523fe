package recruiting

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
)

type HireQueue interface {
	// Enqueue is keyed by application id; a second call replaces the first.
	Enqueue(ctx context.Context, applicationID int64, raw []byte) error
}

type Greenhouse struct {
	secret []byte
	queue  HireQueue
	log    *slog.Logger
}

func (g *Greenhouse) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 2<<20))
	if err != nil {
		http.Error(w, "body", http.StatusRequestEntityTooLarge)
		return
	}

	if sig := r.Header.Get("Signature"); sig != "" {
		digest, err := hex.DecodeString(strings.TrimPrefix(sig, "sha256 "))
		mac := hmac.New(sha256.New, g.secret)
		mac.Write(body)
		if err != nil || !hmac.Equal(digest, mac.Sum(nil)) {
			g.log.Warn("greenhouse signature mismatch", "remote", r.RemoteAddr)
			http.Error(w, "signature", http.StatusUnauthorized)
			return
		}
	}

	var ev struct {
		Action  string `json:"action"`
		Payload struct {
			Application struct {
				ID int64 `json:"id"`
			} `json:"application"`
		} `json:"payload"`
	}
	if err := json.Unmarshal(body, &ev); err != nil {
		http.Error(w, "json", http.StatusBadRequest)
		return
	}
	if ev.Action != "hire_candidate" || ev.Payload.Application.ID == 0 {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if err := g.queue.Enqueue(r.Context(), ev.Payload.Application.ID, body); err != nil {
		g.log.Error("hire not queued", "application", ev.Payload.Application.ID, "err", err)
		http.Error(w, "retry", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}
