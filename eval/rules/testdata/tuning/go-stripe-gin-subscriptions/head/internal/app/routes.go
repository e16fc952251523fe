package app

import (
	"fmt"
	"os"

	"github.com/gin-gonic/gin"
	"go.uber.org/zap"

	"github.com/acme/saas/internal/subscriptions"
)

func mountWebhooks(r *gin.Engine, inbox subscriptions.EventInbox, log *zap.Logger) error {
	secret, ok := os.LookupEnv("STRIPE_WEBHOOK_SECRET")
	if !ok || secret == "" {
		return fmt.Errorf("STRIPE_WEBHOOK_SECRET is required")
	}
	subscriptions.NewWebhookController(inbox, secret, log).Register(r.Group("/public"))
	return nil
}
