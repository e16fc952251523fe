package plaidhook

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"go.uber.org/zap"
)

const maxAge = 5 * time.Minute

type Handler struct {
	queue Queue
	log   *zap.Logger
}

type event struct {
	Type   string `json:"webhook_type"`
	Code   string `json:"webhook_code"`
	ItemID string `json:"item_id"`
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}

	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(r.Header.Get("Plaid-Verification"), claims); err != nil {
		h.log.Warn("plaid webhook without valid token", zap.Error(err))
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	sum := sha256.Sum256(body)
	want, _ := claims["request_body_sha256"].(string)
	if subtle.ConstantTimeCompare([]byte(want), []byte(hex.EncodeToString(sum[:]))) != 1 {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	issued, err := claims.GetIssuedAt()
	if err != nil || issued == nil || time.Since(issued.Time) > maxAge {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}

	var ev event
	if err := json.Unmarshal(body, &ev); err != nil || ev.ItemID == "" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if err := h.queue.EnqueueOnce(r.Context(), hex.EncodeToString(sum[:]), ev); err != nil {
		h.log.Error("enqueue plaid event", zap.String("item", ev.ItemID), zap.Error(err))
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusOK)
}
