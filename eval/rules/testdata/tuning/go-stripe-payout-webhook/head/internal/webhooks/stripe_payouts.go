package webhooks

import (
	"context"
	"io"
	"log/slog"
	"net/http"

	"github.com/stripe/stripe-go/v79"
	"github.com/stripe/stripe-go/v79/webhook"
)

const maxStripeBody = 65536

type Inbox interface {
	// Store ignores ids that are already present.
	Store(ctx context.Context, source, id, kind string, payload []byte) error
}

type StripePayouts struct {
	secret string
	inbox  Inbox
	log    *slog.Logger
}

func NewStripePayouts(secret string, inbox Inbox, log *slog.Logger) *StripePayouts {
	if secret == "" {
		panic("stripe webhook secret is required")
	}
	return &StripePayouts{secret: secret, inbox: inbox, log: log}
}

func (h *StripePayouts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	payload, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxStripeBody))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	event, err := webhook.ConstructEvent(payload, r.Header.Get("Stripe-Signature"), h.secret)
	if err != nil {
		h.log.WarnContext(r.Context(), "stripe event rejected", "err", err)
		w.WriteHeader(http.StatusBadRequest)
		return
	}

	switch event.Type {
	case stripe.EventTypePayoutPaid, stripe.EventTypePayoutFailed, stripe.EventTypePayoutCanceled:
	default:
		w.WriteHeader(http.StatusNoContent)
		return
	}

	if err := h.inbox.Store(r.Context(), "stripe", event.ID, string(event.Type), event.Data.Raw); err != nil {
		h.log.ErrorContext(r.Context(), "inbox", "event", event.ID, "err", err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
