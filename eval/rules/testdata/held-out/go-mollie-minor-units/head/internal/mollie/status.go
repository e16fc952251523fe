package mollie

import "fmt"

type PaymentState int

const (
	Pending PaymentState = iota + 1
	Paid
	Failed
)

func StateOf(status string) (PaymentState, error) {
	switch status {
	case "open", "pending", "authorized":
		return Pending, nil
	case "paid":
		return Paid, nil
	case "canceled", "expired", "failed":
		return Failed, nil
	}
	return 0, fmt.Errorf("mollie: unknown payment status %q", status)
}
