// Package partner accepts notices of the payout partner.
package partner

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
)

var (
	ErrHeader    = errors.New("partner: malformed signature header")
	ErrSignature = errors.New("partner: signature does not match")
)

// Verifier checks headers of the form "t=1712000000,v1=<hex>". While the
// partner rotates its secret, the header carries one v1 per secret.
type Verifier struct {
	Secrets [][]byte
}

type parsed struct {
	t  int64
	v1 [][]byte
}

func parse(header string) (parsed, error) {
	var p parsed
	for _, part := range strings.Split(header, ",") {
		name, value, ok := strings.Cut(strings.TrimSpace(part), "=")
		if !ok {
			return p, ErrHeader
		}
		switch name {
		case "t":
			t, err := strconv.ParseInt(value, 10, 64)
			if err != nil {
				return p, ErrHeader
			}
			p.t = t
		case "v1":
			sum, err := hex.DecodeString(value)
			if err != nil {
				return p, ErrHeader
			}
			p.v1 = append(p.v1, sum)
		}
	}
	if p.t == 0 || len(p.v1) == 0 {
		return p, ErrHeader
	}
	return p, nil
}

// Verify reports whether the header belongs to the body.
func (v *Verifier) Verify(header string, body []byte) error {
	p, err := parse(header)
	if err != nil {
		return err
	}
	for _, secret := range v.Secrets {
		mac := hmac.New(sha256.New, secret)
		mac.Write([]byte(strconv.FormatInt(p.t, 10)))
		mac.Write([]byte{'.'})
		mac.Write(body)
		expected := mac.Sum(nil)
		for _, given := range p.v1 {
			if hmac.Equal(expected, given) {
				return nil
			}
		}
	}
	return ErrSignature
}
