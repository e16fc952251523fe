package bitbucket

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
)

// ErrSignature is returned for a missing or wrong X-Hub-Signature.
var ErrSignature = errors.New("bitbucket: invalid signature")

const prefix = "sha256="

func sum(secret, body []byte) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write(body)
	return mac.Sum(nil)
}

// Verify checks the X-Hub-Signature header against the raw body.
func Verify(secret, body []byte, h http.Header) error {
	if len(secret) == 0 {
		return errors.New("bitbucket: no secret configured")
	}
	got, ok := strings.CutPrefix(h.Get("X-Hub-Signature"), prefix)
	if !ok {
		return ErrSignature
	}
	raw, err := hex.DecodeString(got)
	if err != nil || !hmac.Equal(raw, sum(secret, body)) {
		return ErrSignature
	}
	return nil
}
