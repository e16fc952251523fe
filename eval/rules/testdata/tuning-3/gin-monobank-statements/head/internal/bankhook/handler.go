package bankhook

import (
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/rs/zerolog"
	"github.com/shopspring/decimal"
)

type Entry struct {
	TransactionID string          `json:"transactionId"`
	Account       string          `json:"account"`
	Amount        decimal.Decimal `json:"amount"`
	Currency      string          `json:"currency"`
	Reference     string          `json:"reference"`
}

type Ledger interface {
	// BookOnce is keyed by the transaction id.
	BookOnce(c *gin.Context, e Entry) error
}

type Handler struct {
	key    []byte
	ledger Ledger
	log    zerolog.Logger
}

func (h *Handler) Register(r *gin.RouterGroup) {
	r.POST("/bank/entries", h.entry)
}

func (h *Handler) entry(c *gin.Context) {
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, 256<<10))
	if err != nil {
		c.AbortWithStatus(http.StatusRequestEntityTooLarge)
		return
	}
	mac := hmac.New(sha512.New, h.key)
	mac.Write(body)
	want := hex.EncodeToString(mac.Sum(nil))
	if got := strings.ToLower(c.GetHeader("X-Body-Mac")); got != want {
		h.log.Warn().Str("remote", c.ClientIP()).Msg("bank entry refused")
		c.AbortWithStatus(http.StatusUnauthorized)
		return
	}

	var e Entry
	if err := json.Unmarshal(body, &e); err != nil || e.TransactionID == "" || len(e.Currency) != 3 {
		c.AbortWithStatus(http.StatusUnprocessableEntity)
		return
	}
	if err := h.ledger.BookOnce(c, e); err != nil {
		h.log.Error().Err(err).Str("transaction", e.TransactionID).Msg("entry not booked")
		c.AbortWithStatus(http.StatusInternalServerError)
		return
	}
	c.Status(http.StatusOK)
}
