package treasury

import (
	"encoding/json"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/rs/zerolog"
	"github.com/stripe/stripe-go/v79"
	"github.com/stripe/stripe-go/v79/webhook"
)

type StripeHook struct {
	secret string
	pool   *pgxpool.Pool
	log    zerolog.Logger
}

func (h *StripeHook) Handle(c *gin.Context) {
	payload, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, 65536))
	if err != nil {
		c.AbortWithStatus(http.StatusRequestEntityTooLarge)
		return
	}
	event, err := webhook.ConstructEvent(payload, c.GetHeader("Stripe-Signature"), h.secret)
	if err != nil {
		h.log.Warn().Err(err).Msg("stripe event rejected")
		c.AbortWithStatus(http.StatusBadRequest)
		return
	}
	if event.Type != "payout.paid" {
		c.Status(http.StatusOK)
		return
	}
	var payout stripe.Payout
	if err := json.Unmarshal(event.Data.Raw, &payout); err != nil {
		c.AbortWithStatus(http.StatusBadRequest)
		return
	}

	ctx := c.Request.Context()
	tx, err := h.pool.Begin(ctx)
	if err != nil {
		h.fail(c, event.ID, err)
		return
	}
	defer tx.Rollback(ctx)
	tag, err := tx.Exec(ctx, `INSERT INTO seen_events (id) VALUES ($1) ON CONFLICT DO NOTHING`, event.ID)
	if err == nil && tag.RowsAffected() == 1 {
		_, err = tx.Exec(ctx, `UPDATE ledger SET settled = settled + $1 WHERE currency = $2`, payout.Amount, payout.Currency)
	}
	if err == nil {
		err = tx.Commit(ctx)
	}
	if err != nil {
		h.fail(c, event.ID, err)
		return
	}
	c.Status(http.StatusOK)
}

func (h *StripeHook) fail(c *gin.Context, id string, err error) {
	h.log.Error().Err(err).Str("event", id).Msg("payout not booked")
	c.AbortWithStatus(http.StatusInternalServerError)
}
