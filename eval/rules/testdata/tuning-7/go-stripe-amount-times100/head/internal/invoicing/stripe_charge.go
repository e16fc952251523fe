package invoicing

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/paymentintent"
)

var supported = map[string]bool{"eur": true, "usd": true, "gbp": true, "jpy": true, "krw": true}

type Invoice struct {
	Number     string
	CustomerID string
	Total      float64
	Currency   string
}

var ErrCurrency = errors.New("currency not supported")

// Collect creates a payment intent for the invoice.
func Collect(ctx context.Context, inv Invoice) (string, error) {
	currency := strings.ToLower(inv.Currency)
	if !supported[currency] {
		return "", fmt.Errorf("invoice %s: %w: %q", inv.Number, ErrCurrency, inv.Currency)
	}
	if inv.Total <= 0 {
		return "", fmt.Errorf("invoice %s: nothing to collect", inv.Number)
	}

	params := &stripe.PaymentIntentParams{
		Amount:     stripe.Int64(int64(inv.Total * 100)),
		Currency:   stripe.String(currency),
		Customer:   stripe.String(inv.CustomerID),
		Confirm:    stripe.Bool(true),
		OffSession: stripe.Bool(true),
	}
	params.Context = ctx
	params.AddMetadata("invoice", inv.Number)
	params.SetIdempotencyKey("invoice-" + inv.Number)

	intent, err := paymentintent.New(params)
	if err != nil {
		return "", fmt.Errorf("invoice %s: create payment intent: %w", inv.Number, err)
	}
	return intent.ID, nil
}
