package api

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.uber.org/zap"

	"example.com/oncall/internal/alerts"
)

type sentryIssueHook struct {
	Action string `json:"action"`
	Data   struct {
		Issue struct {
			ID      string `json:"id"`
			Title   string `json:"title"`
			Level   string `json:"level"`
			Project struct {
				Slug string `json:"slug"`
			} `json:"project"`
		} `json:"issue"`
	} `json:"data"`
}

const sentryBodyLimit = 1 << 20

type SentryHook struct {
	secret []byte
	alerts *alerts.Store
	log    *zap.Logger
}

func NewSentryHook(secret []byte, store *alerts.Store, log *zap.Logger) *SentryHook {
	return &SentryHook{secret: secret, alerts: store, log: log.Named("sentry")}
}

func (h *SentryHook) Handle(c *gin.Context) {
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, sentryBodyLimit))
	if err != nil {
		c.AbortWithStatus(http.StatusBadRequest)
		return
	}

	mac := hmac.New(sha256.New, h.secret)
	mac.Write(body)
	given, err := hex.DecodeString(c.GetHeader("Sentry-Hook-Signature"))
	if err != nil || !hmac.Equal(given, mac.Sum(nil)) {
		h.log.Warn("signature mismatch", zap.String("ip", c.ClientIP()))
		c.AbortWithStatus(http.StatusUnauthorized)
		return
	}

	var hook sentryIssueHook
	if err := json.Unmarshal(body, &hook); err != nil || hook.Data.Issue.ID == "" {
		c.AbortWithStatus(http.StatusUnprocessableEntity)
		return
	}
	// one alert per issue and action: the table has a unique key on both
	if err := h.alerts.InsertOnce(c.Request.Context(), alerts.Alert{
		IssueID: hook.Data.Issue.ID,
		Action:  hook.Action,
		Title:   hook.Data.Issue.Title,
		Level:   hook.Data.Issue.Level,
		Project: hook.Data.Issue.Project.Slug,
	}); err != nil {
		h.log.Error("alert not stored", zap.Error(err))
		c.AbortWithStatus(http.StatusInternalServerError)
		return
	}
	c.Status(http.StatusNoContent)
}
