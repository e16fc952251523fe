package http

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/northpantry/roadmap/internal/outbox"
)

type LinearHook struct {
	Secret []byte
	Outbox *outbox.Writer
	Log    *slog.Logger
}

func (h *LinearHook) Routes(r chi.Router) {
	r.Post("/webhooks/linear", h.receive)
}

func (h *LinearHook) receive(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		http.Error(w, "body too large", http.StatusRequestEntityTooLarge)
		return
	}

	mac := hmac.New(sha256.New, h.Secret)
	mac.Write(body)
	given, err := hex.DecodeString(r.Header.Get("Linear-Signature"))
	if err != nil || !hmac.Equal(given, mac.Sum(nil)) {
		h.Log.Warn("linear signature mismatch", "delivery", r.Header.Get("Linear-Delivery"))
		http.Error(w, "unauthorized", http.StatusUnauthorized)
		return
	}

	var event struct {
		Action string          `json:"action"`
		Type   string          `json:"type"`
		Data   json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(body, &event); err != nil {
		http.Error(w, "invalid json", http.StatusBadRequest)
		return
	}
	if event.Type != "Issue" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	// the outbox has a unique index on (source, delivery)
	if err := h.Outbox.Put(r.Context(), "linear", r.Header.Get("Linear-Delivery"), event.Action, event.Data); err != nil {
		h.Log.Error("outbox write failed", "err", err)
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusOK)
}
