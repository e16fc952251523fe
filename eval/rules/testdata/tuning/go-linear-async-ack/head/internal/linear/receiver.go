package linear

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

type Issue struct {
	Action string `json:"action"`
	Sent   int64  `json:"webhookTimestamp"`
	Data   struct {
		ID    string `json:"id"`
		Title string `json:"title"`
		State struct {
			Name string `json:"name"`
		} `json:"state"`
	} `json:"data"`
}

type Board interface {
	// Apply is idempotent per delivery id.
	Apply(ctx context.Context, delivery string, is Issue) error
}

type Receiver struct {
	key   []byte
	board Board
	log   *slog.Logger
}

func (rc *Receiver) Handle(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	sum, err := hex.DecodeString(r.Header.Get("Linear-Signature"))
	if err != nil || !hmac.Equal(sum, rc.digest(body)) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	var is Issue
	if err := json.Unmarshal(body, &is); err != nil || is.Data.ID == "" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if d := time.Since(time.UnixMilli(is.Sent)); d > time.Minute || d < -time.Minute {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}

	delivery := r.Header.Get("Linear-Delivery")
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := rc.board.Apply(ctx, delivery, is); err != nil {
			rc.log.Error("apply issue", "delivery", delivery, "err", err)
		}
	}()
	w.WriteHeader(http.StatusOK)
}

func (rc *Receiver) digest(body []byte) []byte {
	m := hmac.New(sha256.New, rc.key)
	m.Write(body)
	return m.Sum(nil)
}
