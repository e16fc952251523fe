package accounting

import (
	"fmt"
	"strings"
	"time"

	"github.com/acme/freight/internal/ledger"
)

// xeroInvoice is the part of an invoice in the Accounting API that we read.
type xeroInvoice struct {
	InvoiceID     string     `json:"InvoiceID"`
	InvoiceNumber string     `json:"InvoiceNumber"`
	Status        string     `json:"Status"`
	CurrencyCode  string     `json:"CurrencyCode"`
	DueDate       string     `json:"DueDateString"`
	Lines         []xeroLine `json:"LineItems"`
}

type xeroLine struct {
	Description string  `json:"Description"`
	LineAmount  float64 `json:"LineAmount"`
	TaxAmount   float64 `json:"TaxAmount"`
	AccountCode string  `json:"AccountCode"`
}

var openStatuses = map[string]ledger.State{
	"AUTHORISED": ledger.Open,
	"PAID":       ledger.Settled,
	"VOIDED":     ledger.Cancelled,
}

func toPayable(in xeroInvoice) (*ledger.Payable, error) {
	state, ok := openStatuses[strings.ToUpper(in.Status)]
	if !ok {
		return nil, fmt.Errorf("invoice %s: status %q is not importable", in.InvoiceID, in.Status)
	}
	if in.CurrencyCode != "EUR" && in.CurrencyCode != "GBP" {
		return nil, fmt.Errorf("invoice %s: currency %q not supported", in.InvoiceID, in.CurrencyCode)
	}
	due, err := time.Parse("2006-01-02T15:04:05", in.DueDate)
	if err != nil {
		return nil, fmt.Errorf("invoice %s: due date: %w", in.InvoiceID, err)
	}

	p := &ledger.Payable{ExternalID: in.InvoiceID, Number: in.InvoiceNumber, State: state, Currency: in.CurrencyCode, Due: due}
	for _, l := range in.Lines {
		p.Lines = append(p.Lines, ledger.Line{
			Text:     l.Description,
			NetCents: int64(l.LineAmount * 100),
			TaxCents: int64(l.TaxAmount * 100),
			Account:  l.AccountCode,
		})
	}
	return p, nil
}
