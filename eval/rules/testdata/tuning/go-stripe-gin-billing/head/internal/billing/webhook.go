package billing

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/stripe/stripe-go/v76"
	"go.uber.org/zap"
)

type WebhookController struct {
	inbox  EventInbox
	logger *zap.Logger
}

func NewWebhookController(inbox EventInbox, logger *zap.Logger) *WebhookController {
	return &WebhookController{inbox: inbox, logger: logger}
}

// Register mounts the controller on the public router group.
func (ctl *WebhookController) Register(rg *gin.RouterGroup) {
	rg.POST("/webhooks/stripe", ctl.Receive)
}

func (ctl *WebhookController) Receive(c *gin.Context) {
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, 64<<10)

	var event stripe.Event
	if err := c.ShouldBindJSON(&event); err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "cannot parse event"})
		return
	}

	switch event.Type {
	case "invoice.paid", "invoice.payment_failed", "customer.subscription.deleted":
	default:
		c.Status(http.StatusOK)
		return
	}

	raw, err := json.Marshal(event.Data.Raw)
	if err != nil {
		c.Status(http.StatusBadRequest)
		return
	}

	err = ctl.inbox.Insert(c.Request.Context(), event.ID, string(event.Type), raw)
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
