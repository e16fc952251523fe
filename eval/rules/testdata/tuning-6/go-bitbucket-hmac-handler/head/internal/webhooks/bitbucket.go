package webhooks

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

var ErrDuplicate = errors.New("delivery is known")

// Inbox stores a delivery; ErrDuplicate when its id is there already. A worker reads the inbox.
type Inbox interface {
	Put(ctx context.Context, id, event string, body []byte) error
}

type Bitbucket struct {
	Secret []byte
	Inbox  Inbox
	Log    *slog.Logger
}

func (b *Bitbucket) genuine(header string, body []byte) bool {
	hexSum, ok := strings.CutPrefix(header, "sha256=")
	if !ok {
		return false
	}
	given, err := hex.DecodeString(hexSum)
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, b.Secret)
	mac.Write(body)
	return hmac.Equal(given, mac.Sum(nil))
}

func (b *Bitbucket) Receive(c echo.Context) error {
	r := c.Request()
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, 1<<20))
	if err != nil {
		return c.NoContent(http.StatusRequestEntityTooLarge)
	}
	if !b.genuine(r.Header.Get("X-Hub-Signature"), body) {
		b.Log.WarnContext(r.Context(), "bitbucket signature rejected", "ip", c.RealIP())
		return c.NoContent(http.StatusUnauthorized)
	}

	err = b.Inbox.Put(r.Context(), r.Header.Get("X-Request-UUID"), r.Header.Get("X-Event-Key"), body)
	if err != nil && !errors.Is(err, ErrDuplicate) {
		b.Log.ErrorContext(r.Context(), "delivery not stored", "err", err)
		return c.NoContent(http.StatusServiceUnavailable)
	}
	return c.NoContent(http.StatusAccepted)
}
