package wallet

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/webhook"
)

type TopUpHook struct {
	db     *sql.DB
	secret string
	log    *slog.Logger
}

func (h *TopUpHook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	payload, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 128<<10))
	if err != nil {
		http.Error(w, "cannot read body", http.StatusBadRequest)
		return
	}
	event, err := webhook.ConstructEvent(payload, r.Header.Get("Stripe-Signature"), h.secret)
	if err != nil {
		http.Error(w, "invalid signature", http.StatusBadRequest)
		return
	}
	if event.Type == stripe.EventTypePaymentIntentSucceeded {
		if err := h.book(r.Context(), event); err != nil {
			h.log.Error("book top-up", "event", event.ID, "err", err)
			http.Error(w, "try again", http.StatusInternalServerError)
			return
		}
	}
	w.WriteHeader(http.StatusNoContent)
}

func (h *TopUpHook) book(ctx context.Context, event stripe.Event) error {
	var pi stripe.PaymentIntent
	if err := json.Unmarshal(event.Data.Raw, &pi); err != nil {
		return fmt.Errorf("decode payment intent: %w", err)
	}
	if pi.Metadata["wallet"] == "" {
		return nil // paid by the shop, not a top-up
	}
	tx, err := h.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	res, err := tx.ExecContext(ctx, `INSERT INTO top_ups (payment_intent, wallet, currency, amount) VALUES ($1, $2, $3, $4) ON CONFLICT (payment_intent) DO NOTHING`,
		pi.ID, pi.Metadata["wallet"], string(pi.Currency), pi.AmountReceived)
	if err != nil {
		return fmt.Errorf("insert top-up: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	res, err = tx.ExecContext(ctx, `UPDATE wallets SET balance = balance + $1 WHERE id = $2 AND currency = $3`,
		pi.AmountReceived, pi.Metadata["wallet"], string(pi.Currency))
	if err != nil {
		return fmt.Errorf("add to balance: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return fmt.Errorf("no wallet %q in %s", pi.Metadata["wallet"], pi.Currency)
	}
	return tx.Commit()
}
