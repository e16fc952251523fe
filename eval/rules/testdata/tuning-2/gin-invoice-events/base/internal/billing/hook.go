package billing

import (
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stripe/stripe-go/v79/webhook"
)

const maxEvent = 512 << 10

type Hook struct {
	Pool   *pgxpool.Pool
	Secret string
}

func (h *Hook) Register(r gin.IRouter) {
	r.POST("/hooks/stripe", h.receive)
}

func (h *Hook) receive(c *gin.Context) {
	payload, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, maxEvent))
	if err != nil {
		c.Status(http.StatusBadRequest)
		return
	}
	event, err := webhook.ConstructEvent(payload, c.GetHeader("Stripe-Signature"), h.Secret)
	if err != nil {
		slog.Warn("stripe event refused", "err", err)
		c.Status(http.StatusBadRequest)
		return
	}

	switch event.Type {
	case "invoice.paid":
	default:
		c.Status(http.StatusNoContent)
		return
	}

	_, err = h.Pool.Exec(c.Request.Context(),
		`INSERT INTO stripe_inbox (event_id, kind, created_at, payload)
		 VALUES ($1, $2, $3, $4) ON CONFLICT (event_id) DO NOTHING`,
		event.ID, string(event.Type), time.Unix(event.Created, 0).UTC(), payload)
	if err != nil {
		slog.Error("stripe event not stored", "event", event.ID, "err", err)
		c.Status(http.StatusInternalServerError)
		return
	}
	c.Status(http.StatusNoContent)
}
