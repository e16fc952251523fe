package datev

import (
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

type Line struct {
	Account  int    `json:"accountNumber"`
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
	Date     string `json:"date"`
	Text     string `json:"postingDescription"`
}

type Booking struct {
	Account int
	Minor   int64
	Code    string
	Date    time.Time
	Text    string
}

var exponents = map[string]int32{"EUR": 2, "CHF": 2, "USD": 2, "JPY": 0, "TND": 3}

var ErrUnbalanced = errors.New("debit and credit differ")

func ToBookings(lines []Line) ([]Booking, error) {
	out := make([]Booking, 0, len(lines))
	sums := map[string]int64{}
	for i, l := range lines {
		exp, ok := exponents[l.Currency]
		if !ok {
			return nil, fmt.Errorf("line %d: unknown currency %q", i, l.Currency)
		}
		amount, err := decimal.NewFromString(l.Amount)
		if err != nil {
			return nil, fmt.Errorf("line %d: amount: %w", i, err)
		}
		minor := amount.Shift(exp)
		if !minor.IsInteger() {
			return nil, fmt.Errorf("line %d: %s has too many decimals for %s", i, l.Amount, l.Currency)
		}
		day, err := time.Parse(time.DateOnly, l.Date)
		if err != nil {
			return nil, fmt.Errorf("line %d: date: %w", i, err)
		}
		sums[l.Currency] += minor.IntPart()
		out = append(out, Booking{Account: l.Account, Minor: minor.IntPart(), Code: l.Currency, Date: day, Text: l.Text})
	}
	for code, sum := range sums {
		if sum != 0 {
			return nil, fmt.Errorf("%w: %d %s", ErrUnbalanced, sum, code)
		}
	}
	return out, nil
}
