package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"

	"github.com/go-chi/chi/v5"

	"example.com/forge/internal/jobs"
)

const maxBody = 2 << 20

var errSignature = errors.New("signature mismatch")

type Gitea struct {
	secret []byte
	jobs   *jobs.Client
}

func NewGitea(secret string, client *jobs.Client) *Gitea {
	if secret == "" {
		panic("gitea webhook secret is empty")
	}
	return &Gitea{secret: []byte(secret), jobs: client}
}

func (g *Gitea) Routes(r chi.Router) { r.Post("/gitea", g.receive) }

func (g *Gitea) receive(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "unreadable body", http.StatusBadRequest)
		return
	}
	if err := g.verify(raw, r.Header.Get("X-Gitea-Signature")); err != nil {
		slog.Warn("gitea hook refused", "remote", r.RemoteAddr)
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
	if !json.Valid(raw) {
		http.Error(w, "invalid json", http.StatusBadRequest)
		return
	}
	// The job's unique key drops repeated deliveries.
	if err := g.jobs.InsertUnique(r.Context(), r.Header.Get("X-Gitea-Delivery"), "gitea."+r.Header.Get("X-Gitea-Event"), raw); err != nil {
		slog.Error("insert job", "err", err)
		http.Error(w, "unavailable", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

func (g *Gitea) verify(raw []byte, header string) error {
	given, err := hex.DecodeString(header)
	if err != nil {
		return errSignature
	}
	mac := hmac.New(sha256.New, g.secret)
	mac.Write(raw)
	if !hmac.Equal(given, mac.Sum(nil)) {
		return errSignature
	}
	return nil
}
