package billing

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/stripe/stripe-go/v79"
	"github.com/stripe/stripe-go/v79/webhook"
)

const maxBody = 256 << 10

type Inbox interface {
	// Put stores the event; storing the same id again is a no-op.
	Put(ctx context.Context, event stripe.Event) error
}

type StripeHook struct {
	Secret string
	Inbox  Inbox
	Log    *slog.Logger
}

func (h *StripeHook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "body", http.StatusRequestEntityTooLarge)
		return
	}
	event, err := webhook.ConstructEvent(body, r.Header.Get("Stripe-Signature"), h.Secret)
	if err != nil {
		http.Error(w, "signature", http.StatusBadRequest)
		return
	}

	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	if err := h.Inbox.Put(ctx, event); err != nil {
		h.Log.Error("stripe event not stored", "id", event.ID, "type", event.Type, "err", err)
		http.Error(w, "try again", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusOK)
}
