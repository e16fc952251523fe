package settlements

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log"
	"net/http"
)

type Repository interface {
	// Record is a no-op when the settlement exists already.
	Record(ctx context.Context, settlementID string, amount int64, utr string) error
}

type Webhook struct {
	secret []byte
	repo   Repository
}

func (h *Webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 256<<10))
	if err != nil {
		http.Error(w, "body", http.StatusRequestEntityTooLarge)
		return
	}
	sig, err := hex.DecodeString(r.Header.Get("X-Razorpay-Signature"))
	mac := hmac.New(sha256.New, h.secret)
	mac.Write(body)
	if err != nil || !hmac.Equal(sig, mac.Sum(nil)) {
		http.Error(w, "signature", http.StatusUnauthorized)
		return
	}

	var event map[string]any
	if err := json.Unmarshal(body, &event); err != nil {
		http.Error(w, "json", http.StatusBadRequest)
		return
	}
	payload := event["payload"].(map[string]any)
	settlement := payload["settlement"].(map[string]any)
	entity := settlement["entity"].(map[string]any)

	id := entity["id"].(string)
	amount := int64(entity["amount"].(float64))
	utr := entity["utr"].(string)

	if err := h.repo.Record(r.Context(), id, amount, utr); err != nil {
		log.Printf("settlement %s not recorded: %v", id, err)
		http.Error(w, "retry", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusOK)
}
