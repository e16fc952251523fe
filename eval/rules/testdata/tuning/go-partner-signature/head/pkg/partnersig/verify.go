package partnersig

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"
)

var (
	ErrMissing = errors.New("partnersig: header missing")
	ErrStale   = errors.New("partnersig: timestamp outside tolerance")
	ErrInvalid = errors.New("partnersig: digest mismatch")
)

type Verifier struct {
	Key       []byte
	Tolerance time.Duration
	Now       func() time.Time
}

// Check validates a header of the form "t=1700000000,v1=<hex>".
func (v *Verifier) Check(header string, body []byte) error {
	ts, digest := split(header)
	if ts == "" || digest == "" {
		return ErrMissing
	}
	sec, err := strconv.ParseInt(ts, 10, 64)
	if err != nil {
		return ErrMissing
	}
	age := v.Now().Sub(time.Unix(sec, 0))
	if age > v.Tolerance || age < -v.Tolerance {
		return ErrStale
	}

	m := hmac.New(sha256.New, v.Key)
	m.Write([]byte(ts))
	m.Write([]byte{'.'})
	m.Write(body)
	if hex.EncodeToString(m.Sum(nil)) != strings.ToLower(digest) {
		return ErrInvalid
	}
	return nil
}

func split(header string) (ts, digest string) {
	for _, kv := range strings.Split(header, ",") {
		k, val, ok := strings.Cut(strings.TrimSpace(kv), "=")
		if !ok {
			continue
		}
		switch k {
		case "t":
			ts = val
		case "v1":
			digest = val
		}
	}
	return ts, digest
}
