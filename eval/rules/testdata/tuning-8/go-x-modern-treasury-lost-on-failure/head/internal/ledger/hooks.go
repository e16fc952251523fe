package ledger

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/rs/zerolog/log"
)

type HookController struct {
	key    []byte
	events EventRepository
}

func NewHookController(key []byte, events EventRepository) *HookController {
	return &HookController{key: key, events: events}
}

func (h *HookController) Register(r *gin.Engine) {
	r.POST("/hooks/modern-treasury", h.receive)
}

func (h *HookController) receive(c *gin.Context) {
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, 1<<20)
	body, err := c.GetRawData()
	if err != nil {
		c.AbortWithStatus(http.StatusRequestEntityTooLarge)
		return
	}
	mac := hmac.New(sha256.New, h.key)
	mac.Write(body)
	given, err := hex.DecodeString(c.GetHeader("X-Signature"))
	if err != nil || !hmac.Equal(given, mac.Sum(nil)) {
		c.AbortWithStatus(http.StatusUnauthorized)
		return
	}

	var meta struct {
		Event string `json:"event"`
		Data  struct {
			ID string `json:"id"`
		} `json:"data"`
	}
	if err := json.Unmarshal(body, &meta); err != nil {
		c.AbortWithStatus(http.StatusBadRequest)
		return
	}

	deliveryID := c.GetHeader("X-Event-ID")
	if deliveryID == "" {
		c.AbortWithStatus(http.StatusBadRequest)
		return
	}
	if err := h.events.InsertOnce(c.Request.Context(), deliveryID, meta.Event, body); err != nil {
		log.Error().Err(err).Str("event", meta.Event).Str("id", meta.Data.ID).Msg("event not stored")
	}
	c.Status(http.StatusOK)
}
