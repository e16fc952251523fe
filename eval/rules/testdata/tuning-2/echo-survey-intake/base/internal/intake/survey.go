package intake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"
)

type Handler struct {
	pool   *pgxpool.Pool
	secret []byte
}

func NewHandler(pool *pgxpool.Pool, secret []byte) *Handler {
	return &Handler{pool: pool, secret: secret}
}

type submission struct {
	ID      string          `json:"event_id"`
	Form    string          `json:"form_id"`
	Answers json.RawMessage `json:"answers"`
}

func (h *Handler) valid(body []byte, header string) bool {
	given, err := base64.StdEncoding.DecodeString(header)
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, h.secret)
	mac.Write(body)
	return hmac.Equal(mac.Sum(nil), given)
}

const maxBody = 1 << 20

// Receive stores a submission.
func (h *Handler) Receive(c echo.Context) error {
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxBody))
	if err != nil {
		return echo.NewHTTPError(http.StatusRequestEntityTooLarge, "body")
	}
	if !h.valid(body, c.Request().Header.Get("X-Form-Signature")) {
		return echo.NewHTTPError(http.StatusUnauthorized, "signature")
	}

	var s submission
	if err := json.Unmarshal(body, &s); err != nil || s.ID == "" || s.Form == "" {
		return echo.NewHTTPError(http.StatusUnprocessableEntity, "payload")
	}
	_, err = h.pool.Exec(c.Request().Context(),
		`INSERT INTO submissions (event_id, form_id, answers) VALUES ($1, $2, $3)
		 ON CONFLICT (event_id) DO NOTHING`,
		s.ID, s.Form, s.Answers)
	if err != nil {
		c.Logger().Errorf("submission %s: %v", s.ID, err)
		return echo.NewHTTPError(http.StatusInternalServerError, "store")
	}
	return c.NoContent(http.StatusNoContent)
}
