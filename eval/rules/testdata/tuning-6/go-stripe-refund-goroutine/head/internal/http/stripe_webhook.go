package http

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/stripe/stripe-go/v81"
	"github.com/stripe/stripe-go/v81/webhook"
)

// Refunds books a refund; it does nothing for a refund id that is booked already.
type Refunds interface {
	BookOnce(ctx context.Context, refundID, chargeID string, amountMinor int64) error
}

func StripeWebhook(secret string, refunds Refunds, log *slog.Logger) gin.HandlerFunc {
	return func(c *gin.Context) {
		body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, 512<<10))
		if err != nil {
			c.Status(http.StatusRequestEntityTooLarge)
			return
		}
		event, err := webhook.ConstructEvent(body, c.GetHeader("Stripe-Signature"), secret)
		if err != nil {
			log.Warn("stripe signature rejected", "err", err)
			c.Status(http.StatusBadRequest)
			return
		}
		if event.Type != stripe.EventTypeRefundCreated {
			c.Status(http.StatusNoContent)
			return
		}
		var refund stripe.Refund
		if err := json.Unmarshal(event.Data.Raw, &refund); err != nil || refund.Charge == nil {
			c.Status(http.StatusUnprocessableEntity)
			return
		}

		c.Status(http.StatusOK)
		go func() {
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			if err := refunds.BookOnce(ctx, refund.ID, refund.Charge.ID, refund.Amount); err != nil {
				log.Error("refund not booked", "refund", refund.ID, "err", err)
			}
		}()
	}
}
