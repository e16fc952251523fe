package carrier

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strconv"
	"time"
)

// Signed returns the middleware used for all routes of the carrier.
func Signed(key []byte) func(http.Handler) http.Handler {
	if len(key) < 32 {
		panic("carrier: signing key too short")
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 512<<10))
			if err != nil {
				w.WriteHeader(http.StatusRequestEntityTooLarge)
				return
			}
			stamp := r.Header.Get("X-Carrier-Time")
			sec, err := strconv.ParseInt(stamp, 10, 64)
			if err != nil || time.Since(time.Unix(sec, 0)).Abs() > 5*time.Minute {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			sum, err := base64.StdEncoding.DecodeString(r.Header.Get("X-Carrier-Signature"))
			m := hmac.New(sha256.New, key)
			m.Write([]byte(stamp + "\n"))
			m.Write(body)
			if err != nil || !hmac.Equal(sum, m.Sum(nil)) {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			next.ServeHTTP(w, r)
		})
	}
}
