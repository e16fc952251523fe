package export

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/stripe/stripe-go/v81"
	"github.com/stripe/stripe-go/v81/client"
)

type Charges struct {
	api *client.API
}

func NewCharges(secretKey string) *Charges {
	backend := stripe.GetBackendWithConfig(stripe.APIBackend, &stripe.BackendConfig{
		HTTPClient:        &http.Client{Timeout: 30 * time.Second},
		MaxNetworkRetries: stripe.Int64(3),
	})
	return &Charges{api: client.New(secretKey, &stripe.Backends{API: backend})}
}

// Day writes one UTC day; it runs two hours after the day has ended.
func (c *Charges) Day(ctx context.Context, day time.Time, out io.Writer) (int, error) {
	from := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC)
	params := &stripe.ChargeListParams{
		CreatedRange: &stripe.RangeQueryParams{
			GreaterThanOrEqual: from.Unix(),
			LesserThan:         from.AddDate(0, 0, 1).Unix(),
		},
	}
	params.Context = ctx
	params.Limit = stripe.Int64(100)

	w := csv.NewWriter(out)
	count := 0
	iter := c.api.Charges.List(params)
	for iter.Next() {
		ch := iter.Charge()
		record := []string{ch.ID, string(ch.Currency), strconv.FormatInt(ch.Amount, 10), strconv.FormatInt(ch.Created, 10), string(ch.Status)}
		if err := w.Write(record); err != nil {
			return count, err
		}
		count++
	}
	if err := iter.Err(); err != nil {
		return count, fmt.Errorf("charges of %s: %w", from.Format(time.DateOnly), err)
	}
	w.Flush()
	return count, w.Error()
}
