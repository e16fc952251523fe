package hooks

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"time"
)

func Router(secret []byte, reservations *ReservationHandler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/hooks/mews/reservations", signed(secret, reservations))
	return mux
}

func signed(secret []byte, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			http.Error(w, "body too large", http.StatusRequestEntityTooLarge)
			return
		}
		ts := r.Header.Get("X-Mews-Timestamp")
		sec, err := strconv.ParseInt(ts, 10, 64)
		if age := time.Since(time.Unix(sec, 0)); err != nil || age > 5*time.Minute || age < -time.Minute {
			http.Error(w, "stale", http.StatusUnauthorized)
			return
		}
		mac := hmac.New(sha256.New, secret)
		mac.Write([]byte(ts + "."))
		mac.Write(body)
		given, err := hex.DecodeString(r.Header.Get("X-Mews-Signature"))
		if err != nil || !hmac.Equal(mac.Sum(nil), given) {
			http.Error(w, "invalid signature", http.StatusUnauthorized)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}
