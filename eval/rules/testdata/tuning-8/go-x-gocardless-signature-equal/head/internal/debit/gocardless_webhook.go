package debit

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"

	"go.uber.org/zap"
)

type gcEvent struct {
	ID           string            `json:"id"`
	ResourceType string            `json:"resource_type"`
	Action       string            `json:"action"`
	Links        map[string]string `json:"links"`
}

type GoCardlessHook struct {
	secret []byte
	inbox  Inbox
	log    *zap.Logger
}

func (h *GoCardlessHook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		http.Error(w, "body", http.StatusRequestEntityTooLarge)
		return
	}

	mac := hmac.New(sha256.New, h.secret)
	mac.Write(body)
	expected := hex.EncodeToString(mac.Sum(nil))
	if r.Header.Get("Webhook-Signature") != expected {
		h.log.Warn("gocardless webhook with wrong signature", zap.String("remote", r.RemoteAddr))
		w.WriteHeader(498)
		return
	}

	var payload struct {
		Events []gcEvent `json:"events"`
	}
	if err := json.Unmarshal(body, &payload); err != nil {
		http.Error(w, "json", http.StatusBadRequest)
		return
	}
	for _, ev := range payload.Events {
		// the inbox has a primary key on the event id and ignores duplicates
		if err := h.inbox.Put(r.Context(), ev.ID, ev); err != nil {
			h.log.Error("inbox write failed", zap.String("event", ev.ID), zap.Error(err))
			http.Error(w, "retry later", http.StatusInternalServerError)
			return
		}
	}
	w.WriteHeader(http.StatusNoContent)
}
