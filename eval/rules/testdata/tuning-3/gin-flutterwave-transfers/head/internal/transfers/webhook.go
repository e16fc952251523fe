package transfers

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

type Status string

var ErrUnknownTransfer = errors.New("unknown transfer")

type Gateway interface {
	// Transfer reads the state from the API; its client has a timeout and retries reads.
	Transfer(ctx context.Context, id int64) (reference string, status Status, err error)
}

type Store interface {
	// SetStatus moves a transfer forward only and is safe to call again.
	SetStatus(ctx context.Context, reference string, status Status) error
}

type Webhook struct {
	hash    [32]byte
	gateway Gateway
	store   Store
}

func NewWebhook(secretHash string, g Gateway, s Store) *Webhook {
	return &Webhook{hash: sha256.Sum256([]byte(secretHash)), gateway: g, store: s}
}

type notification struct {
	Event string `json:"event" binding:"required"`
	Data  struct {
		ID int64 `json:"id" binding:"required,gt=0"`
	} `json:"data"`
}

func (w *Webhook) Handle(c *gin.Context) {
	given := sha256.Sum256([]byte(c.GetHeader("verif-hash")))
	if subtle.ConstantTimeCompare(given[:], w.hash[:]) != 1 {
		c.AbortWithStatus(http.StatusUnauthorized)
		return
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, 128<<10)
	var n notification
	if err := c.ShouldBindJSON(&n); err != nil {
		c.AbortWithStatus(http.StatusBadRequest)
		return
	}
	if n.Event != "transfer.completed" {
		c.Status(http.StatusOK)
		return
	}

	// the body only says which transfer to look at
	ctx, cancel := context.WithTimeout(c.Request.Context(), 10*time.Second)
	defer cancel()
	reference, status, err := w.gateway.Transfer(ctx, n.Data.ID)
	if err == nil {
		err = w.store.SetStatus(ctx, reference, status)
	}
	if err != nil && !errors.Is(err, ErrUnknownTransfer) {
		_ = c.Error(err)
		c.AbortWithStatus(http.StatusServiceUnavailable)
		return
	}
	c.Status(http.StatusOK)
}
