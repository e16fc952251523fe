package webhooks

import (
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"

	"github.com/acme/payments/internal/outbox"
)

const maxBody = 256 << 10

type Paystack struct {
	secret []byte
	inbox  *outbox.Inbox
	log    *slog.Logger
}

func NewPaystack(secret string, inbox *outbox.Inbox, log *slog.Logger) *Paystack {
	return &Paystack{secret: []byte(secret), inbox: inbox, log: log}
}

type chargeEvent struct {
	Event string `json:"event"`
	Data  struct {
		ID        int64  `json:"id"`
		Reference string `json:"reference"`
		Status    string `json:"status"`
	} `json:"data"`
}

func (p *Paystack) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "body too large", http.StatusRequestEntityTooLarge)
		return
	}

	mac := hmac.New(sha512.New, p.secret)
	mac.Write(body)
	given, err := hex.DecodeString(r.Header.Get("X-Paystack-Signature"))
	if err != nil || !hmac.Equal(mac.Sum(nil), given) {
		http.Error(w, "invalid signature", http.StatusUnauthorized)
		return
	}

	var ev chargeEvent
	if err := json.Unmarshal(body, &ev); err != nil || ev.Data.Reference == "" {
		http.Error(w, "unexpected payload", http.StatusBadRequest)
		return
	}
	// Put is a no-op when the key is already stored.
	if err := p.inbox.Put(r.Context(), "paystack", ev.Event+":"+ev.Data.Reference, body); err != nil {
		p.log.ErrorContext(r.Context(), "inbox write failed", "err", err)
		http.Error(w, "try again", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusOK)
}
