package courier

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"time"
)

const maxCallback = 64 << 10

type Callback struct {
	Secret []byte
	Store  Store
	Log    *slog.Logger
}

// Store applies an update once per event id.
type Store interface {
	Apply(ctx context.Context, eventID, parcel, status string, at time.Time) error
}

type update struct {
	EventID string    `json:"event_id"`
	Parcel  string    `json:"parcel"`
	Status  string    `json:"status"`
	At      time.Time `json:"at"`
}

func (c *Callback) authentic(body []byte, header string) bool {
	given, err := hex.DecodeString(header)
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, c.Secret)
	mac.Write(body)
	return hmac.Equal(given, mac.Sum(nil))
}

func (c *Callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxCallback))
	if err != nil {
		http.Error(w, "body", http.StatusBadRequest)
		return
	}
	if !c.authentic(body, r.Header.Get("X-Courier-Signature")) {
		http.Error(w, "signature", http.StatusUnauthorized)
		return
	}
	var u update
	if err := json.Unmarshal(body, &u); err != nil || u.EventID == "" || u.Parcel == "" || u.At.IsZero() {
		http.Error(w, "payload", http.StatusUnprocessableEntity)
		return
	}

	if err := c.Store.Apply(r.Context(), u.EventID, u.Parcel, u.Status, u.At); err != nil {
		c.Log.Error("status not applied", "event", u.EventID, "err", err)
		http.Error(w, "store", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
