package httpx

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

type PersonaVerifier struct {
	Secrets [][]byte // current and previous secret during rotation
	Now     func() time.Time
}

const (
	personaTolerance = 5 * time.Minute
	personaMaxBody   = 1 << 20
)

func (v PersonaVerifier) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, personaMaxBody))
		if err != nil {
			http.Error(w, "unreadable body", http.StatusBadRequest)
			return
		}
		for _, candidate := range strings.Fields(r.Header.Get("Persona-Signature")) {
			if v.matches(candidate, body) {
				r.Body = io.NopCloser(bytes.NewReader(body))
				next.ServeHTTP(w, r)
				return
			}
		}
		http.Error(w, "unauthorized", http.StatusUnauthorized)
	})
}

func (v PersonaVerifier) matches(header string, body []byte) bool {
	fields := map[string]string{}
	for _, part := range strings.Split(header, ",") {
		if key, value, ok := strings.Cut(part, "="); ok {
			fields[key] = value
		}
	}
	unix, err := strconv.ParseInt(fields["t"], 10, 64)
	if err != nil {
		return false
	}
	if v.Now().Sub(time.Unix(unix, 0)).Abs() > personaTolerance {
		return false
	}
	given, err := hex.DecodeString(fields["v1"])
	if err != nil || len(given) != sha256.Size {
		return false
	}
	for _, secret := range v.Secrets {
		mac := hmac.New(sha256.New, secret)
		mac.Write([]byte(fields["t"]))
		mac.Write([]byte{'.'})
		mac.Write(body)
		if hmac.Equal(given, mac.Sum(nil)) {
			return true
		}
	}
	return false
}
