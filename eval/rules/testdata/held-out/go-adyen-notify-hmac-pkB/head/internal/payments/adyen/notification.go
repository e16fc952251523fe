package adyen

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
)

type Item struct {
	PSPReference      string            `json:"pspReference"`
	OriginalReference string            `json:"originalReference"`
	MerchantAccount   string            `json:"merchantAccountCode"`
	MerchantReference string            `json:"merchantReference"`
	Amount            Amount            `json:"amount"`
	EventCode         string            `json:"eventCode"`
	Success           string            `json:"success"`
	AdditionalData    map[string]string `json:"additionalData"`
}

type Amount struct {
	Value    int64  `json:"value"`
	Currency string `json:"currency"`
}

// Verifier checks notification items against the HMAC key of the merchant account.
type Verifier struct {
	key []byte
}

func NewVerifier(hexKey string) (*Verifier, error) {
	key, err := hex.DecodeString(hexKey)
	if err != nil {
		return nil, fmt.Errorf("adyen hmac key: %w", err)
	}
	if len(key) < 32 {
		return nil, fmt.Errorf("adyen hmac key too short")
	}
	return &Verifier{key: key}, nil
}

func (v *Verifier) Valid(item Item) bool {
	given, ok := item.AdditionalData["hmacSignature"]
	if !ok {
		return false
	}
	signed := strings.Join([]string{
		item.PSPReference,
		item.OriginalReference,
		item.MerchantAccount,
		item.MerchantReference,
		fmt.Sprint(item.Amount.Value),
		item.Amount.Currency,
		item.EventCode,
		item.Success,
	}, ":")

	mac := hmac.New(sha256.New, v.key)
	mac.Write([]byte(signed))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil)) == given
}
