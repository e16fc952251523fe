package slackauth

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

const maxSkew = 5 * time.Minute

type Guard struct {
	secret []byte
	now    func() time.Time
}

func NewGuard(secret string) (*Guard, error) {
	if secret == "" {
		return nil, fmt.Errorf("slackauth: signing secret missing")
	}
	return &Guard{secret: []byte(secret), now: time.Now}, nil
}

func (g *Guard) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<10))
		if err != nil || !g.ok(r.Header, raw) {
			http.Error(w, "unauthorized", http.StatusUnauthorized)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(raw))
		next.ServeHTTP(w, r)
	})
}

func (g *Guard) ok(h http.Header, raw []byte) bool {
	stamp := h.Get("X-Slack-Request-Timestamp")
	sec, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || g.now().Sub(time.Unix(sec, 0)).Abs() > maxSkew {
		return false
	}
	mac := hmac.New(sha256.New, g.secret)
	fmt.Fprintf(mac, "v0:%s:%s", stamp, raw)
	return hmac.Equal([]byte("v0="+hex.EncodeToString(mac.Sum(nil))), []byte(h.Get("X-Slack-Signature")))
}
