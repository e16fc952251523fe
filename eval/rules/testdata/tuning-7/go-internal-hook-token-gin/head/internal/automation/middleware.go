package automation

import (
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"
)

type Config struct {
	HookToken string
	MaxBody   int64
}

// RequireToken guards the endpoints that the n8n workflows call.
func RequireToken(cfg Config, log *slog.Logger) gin.HandlerFunc {
	if cfg.HookToken == "" {
		panic("automation: hook token is empty")
	}
	return func(c *gin.Context) {
		token := c.GetHeader("X-Automation-Token")
		if token != cfg.HookToken {
			log.Warn("automation call rejected", "remote", c.ClientIP(), "path", c.FullPath(), "token", token)
			c.AbortWithStatusJSON(http.StatusUnauthorized, gin.H{"error": "unauthorized"})
			return
		}
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, cfg.MaxBody)
		c.Next()
	}
}
