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
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"
)

const maxBody = 256 << 10

type Inbox interface {
	// Put stores the event once per id and reports whether it was new.
	Put(ctx context.Context, source, id string, payload []byte) (bool, error)
}

type LobHandler struct {
	Secret []byte
	Inbox  Inbox
}

func (h *LobHandler) Routes(r chi.Router) {
	r.Post("/webhooks/lob", h.receive)
}

func (h *LobHandler) authentic(r *http.Request, body []byte) bool {
	stamp := r.Header.Get("Lob-Signature-Timestamp")
	ms, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || time.Since(time.UnixMilli(ms)).Abs() > 5*time.Minute {
		return false
	}
	mac := hmac.New(sha256.New, h.Secret)
	mac.Write([]byte(stamp + "."))
	mac.Write(body)
	given, err := hex.DecodeString(r.Header.Get("Lob-Signature"))
	return err == nil && hmac.Equal(mac.Sum(nil), given)
}

func (h *LobHandler) receive(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "body too large", http.StatusRequestEntityTooLarge)
		return
	}
	if !h.authentic(r, body) {
		slog.WarnContext(r.Context(), "lob webhook refused", "remote", r.RemoteAddr)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}

	var event struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(body, &event); err != nil || event.ID == "" {
		w.WriteHeader(http.StatusUnprocessableEntity)
		return
	}
	isNew, err := h.Inbox.Put(r.Context(), "lob", event.ID, body)
	if err != nil {
		slog.ErrorContext(r.Context(), "lob event not stored", "id", event.ID, "err", err)
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	slog.InfoContext(r.Context(), "lob event accepted", "id", event.ID, "new", isNew)
	w.WriteHeader(http.StatusNoContent)
}
