package api

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
)

// PagerDutySignature accepts any of the configured secrets, because subscriptions are rotated one by one.
func PagerDutySignature(secrets [][]byte) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				http.Error(w, "unreadable body", http.StatusBadRequest)
				return
			}
			for _, part := range strings.Split(r.Header.Get("X-PagerDuty-Signature"), ",") {
				given, err := hex.DecodeString(strings.TrimPrefix(strings.TrimSpace(part), "v1="))
				if err != nil {
					continue
				}
				for _, secret := range secrets {
					mac := hmac.New(sha256.New, secret)
					mac.Write(body)
					if hmac.Equal(given, mac.Sum(nil)) {
						r.Body = io.NopCloser(bytes.NewReader(body))
						next.ServeHTTP(w, r)
						return
					}
				}
			}
			http.Error(w, "unauthorized", http.StatusUnauthorized)
		})
	}
}
