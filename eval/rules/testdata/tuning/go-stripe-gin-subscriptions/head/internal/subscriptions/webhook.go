package subscriptions

import (
	"errors"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/stripe/stripe-go/v76/webhook"
	"go.uber.org/zap"
)

type WebhookController struct {
	inbox  EventInbox
	secret string
	logger *zap.Logger
}

func NewWebhookController(inbox EventInbox, secret string, logger *zap.Logger) *WebhookController {
	return &WebhookController{inbox: inbox, secret: secret, logger: logger}
}

// Register mounts the controller on the public router group.
func (ctl *WebhookController) Register(rg *gin.RouterGroup) {
	rg.POST("/webhooks/stripe", ctl.Receive)
}

func (ctl *WebhookController) Receive(c *gin.Context) {
	payload, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, 256<<10))
	if err != nil {
		c.Status(http.StatusRequestEntityTooLarge)
		return
	}
	event, err := webhook.ConstructEvent(payload, c.GetHeader("Stripe-Signature"), ctl.secret)
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "invalid event"})
		return
	}

	switch event.Type {
	case "invoice.paid", "invoice.payment_failed", "customer.subscription.deleted":
	default:
		c.Status(http.StatusOK)
		return
	}

	err = ctl.inbox.Insert(c.Request.Context(), event.ID, string(event.Type), event.Data.Raw)
	if errors.Is(err, ErrAlreadyStored) {
		c.Status(http.StatusOK)
		return
	}
	if err != nil {
		ctl.logger.Error("store stripe event", zap.String("event", event.ID), zap.Error(err))
		c.Status(http.StatusInternalServerError)
		return
	}
	c.Status(http.StatusOK)
}
