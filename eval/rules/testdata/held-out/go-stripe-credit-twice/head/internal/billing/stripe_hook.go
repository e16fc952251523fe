package billing

import (
	"database/sql"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/webhook"
)

type StripeHook struct {
	DB     *sql.DB
	Secret string
	Log    *slog.Logger
}

func (h *StripeHook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	payload, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<10))
	if err != nil {
		http.Error(w, "cannot read body", http.StatusBadRequest)
		return
	}
	event, err := webhook.ConstructEvent(payload, r.Header.Get("Stripe-Signature"), h.Secret)
	if err != nil {
		h.Log.Warn("stripe signature rejected", "err", err)
		http.Error(w, "invalid signature", http.StatusBadRequest)
		return
	}
	if event.Type != stripe.EventTypeCheckoutSessionCompleted {
		w.WriteHeader(http.StatusOK)
		return
	}

	var session stripe.CheckoutSession
	if err := json.Unmarshal(event.Data.Raw, &session); err != nil {
		http.Error(w, "malformed session", http.StatusBadRequest)
		return
	}
	if session.PaymentStatus != stripe.CheckoutSessionPaymentStatusPaid || session.ClientReferenceID == "" {
		w.WriteHeader(http.StatusOK)
		return
	}
	if session.Currency != stripe.CurrencyEUR {
		h.Log.Error("unexpected currency", "event", event.ID, "currency", session.Currency)
		w.WriteHeader(http.StatusOK)
		return
	}

	_, err = h.DB.ExecContext(r.Context(),
		`UPDATE accounts SET credit_cents = credit_cents + $1 WHERE id = $2`,
		session.AmountTotal, session.ClientReferenceID)
	if err != nil {
		h.Log.Error("add credits", "event", event.ID, "err", err)
		http.Error(w, "try again", http.StatusInternalServerError)
		return
	}
	h.Log.Info("credits added", "event", event.ID, "account", session.ClientReferenceID, "cents", session.AmountTotal)
	w.WriteHeader(http.StatusOK)
}
