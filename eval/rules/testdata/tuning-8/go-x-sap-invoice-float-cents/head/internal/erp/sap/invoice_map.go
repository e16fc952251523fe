package sap

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/acme/receivables/internal/invoice"
)

// SupplierInvoice is one entry of API_SUPPLIERINVOICE_PROCESS_SRV.
type SupplierInvoice struct {
	Number      string `json:"SupplierInvoice"`
	FiscalYear  string `json:"FiscalYear"`
	GrossAmount string `json:"InvoiceGrossAmount"`
	Currency    string `json:"DocumentCurrency"`
	PostingDate string `json:"PostingDate"`
	Supplier    string `json:"InvoicingParty"`
}

var errUnsupportedCurrency = errors.New("currency without two decimals")

func ToInvoice(in SupplierInvoice) (invoice.Invoice, error) {
	if in.Currency != "EUR" && in.Currency != "USD" && in.Currency != "GBP" {
		return invoice.Invoice{}, fmt.Errorf("%w: %s", errUnsupportedCurrency, in.Currency)
	}
	amount, err := strconv.ParseFloat(strings.TrimSpace(in.GrossAmount), 64)
	if err != nil {
		return invoice.Invoice{}, fmt.Errorf("invoice %s: amount %q: %w", in.Number, in.GrossAmount, err)
	}
	cents := int64(amount * 100)

	posted, err := parseODataDate(in.PostingDate)
	if err != nil {
		return invoice.Invoice{}, fmt.Errorf("invoice %s: posting date: %w", in.Number, err)
	}
	return invoice.Invoice{
		ExternalID: in.FiscalYear + "/" + in.Number,
		SupplierID: in.Supplier,
		Cents:      cents,
		Currency:   in.Currency,
		PostedOn:   posted,
	}, nil
}

func parseODataDate(s string) (time.Time, error) {
	ms, ok := strings.CutPrefix(strings.TrimSuffix(s, ")/"), "/Date(")
	if !ok {
		return time.Time{}, fmt.Errorf("unexpected date %q", s)
	}
	n, err := strconv.ParseInt(ms, 10, 64)
	if err != nil {
		return time.Time{}, err
	}
	return time.UnixMilli(n).UTC(), nil
}
