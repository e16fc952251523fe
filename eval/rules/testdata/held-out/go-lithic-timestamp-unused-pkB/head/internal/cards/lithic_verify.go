package cards

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

var ErrSignature = errors.New("lithic: signature mismatch")

// Verifier checks the webhook-id / webhook-timestamp / webhook-signature headers.
type Verifier struct {
	secret []byte
}

func NewVerifier(secret string) (*Verifier, error) {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return nil, fmt.Errorf("lithic webhook secret: %w", err)
	}
	return &Verifier{secret: raw}, nil
}

// Body returns the verified request body.
func (v *Verifier) Body(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	id, ts := r.Header.Get("webhook-id"), r.Header.Get("webhook-timestamp")
	if id == "" || ts == "" {
		return nil, ErrSignature
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		return nil, fmt.Errorf("read body: %w", err)
	}

	mac := hmac.New(sha256.New, v.secret)
	fmt.Fprintf(mac, "%s.%s.", id, ts)
	mac.Write(body)
	want := mac.Sum(nil)

	for _, part := range strings.Fields(r.Header.Get("webhook-signature")) {
		version, encoded, ok := strings.Cut(part, ",")
		if !ok || version != "v1" {
			continue
		}
		given, err := base64.StdEncoding.DecodeString(encoded)
		if err == nil && hmac.Equal(given, want) {
			return body, nil
		}
	}
	return nil, ErrSignature
}
