package directdebit

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
)

const statusInvalidToken = 498

type Webhook struct {
	secret []byte
	inbox  *Inbox
	log    *slog.Logger
}

func (h *Webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 2<<20))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	given, err := hex.DecodeString(r.Header.Get("Webhook-Signature"))
	if err != nil || !hmac.Equal(given, h.digest(raw)) {
		w.WriteHeader(statusInvalidToken)
		return
	}

	var payload struct {
		Events []json.RawMessage `json:"events"`
	}
	if err := json.Unmarshal(raw, &payload); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if err := h.inbox.Store(r.Context(), payload.Events); err != nil {
		h.log.Error("store gocardless events", "count", len(payload.Events), "error", err)
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (h *Webhook) digest(raw []byte) []byte {
	mac := hmac.New(sha256.New, h.secret)
	mac.Write(raw)
	return mac.Sum(nil)
}
