package mollie

import (
	"fmt"

	"github.com/shopspring/decimal"
)

type Amount struct {
	Currency string `json:"currency"`
	Value    string `json:"value"`
}

var exponents = map[string]int32{
	"EUR": 2, "USD": 2, "GBP": 2, "CHF": 2, "SEK": 2, "PLN": 2,
	"JPY": 0, "ISK": 0,
}

// Minor returns the amount in the smallest unit of its currency.
func (a Amount) Minor() (int64, error) {
	exp, ok := exponents[a.Currency]
	if !ok {
		return 0, fmt.Errorf("mollie: unknown currency %q", a.Currency)
	}
	value, err := decimal.NewFromString(a.Value)
	if err != nil {
		return 0, fmt.Errorf("mollie: malformed amount: %w", err)
	}
	minor := value.Shift(exp)
	if !minor.IsInteger() {
		return 0, fmt.Errorf("mollie: %s has more digits than %s allows", a.Value, a.Currency)
	}
	return minor.IntPart(), nil
}
