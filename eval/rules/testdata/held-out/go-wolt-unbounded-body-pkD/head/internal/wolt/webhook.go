package wolt

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
)

type Notification struct {
	ID    string `json:"id"`
	Type  string `json:"type"`
	Order struct {
		ID      string `json:"id"`
		VenueID string `json:"venue_id"`
		Status  string `json:"status"`
	} `json:"order"`
}

func Webhook(secret []byte, inbox *Inbox) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, "read", http.StatusBadRequest)
			return
		}
		mac := hmac.New(sha256.New, secret)
		mac.Write(body)
		given, err := hex.DecodeString(r.Header.Get("WOLT-SIGNATURE"))
		if err != nil || !hmac.Equal(given, mac.Sum(nil)) {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		var n Notification
		if err := json.Unmarshal(body, &n); err != nil || n.ID == "" || n.Order.ID == "" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if err := inbox.StoreOnce(r.Context(), n.ID, n.Order.ID, body); err != nil {
			slog.Error("wolt inbox", "notification", n.ID, "err", err)
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		w.WriteHeader(http.StatusOK)
	}
}
