package rates

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/shopspring/decimal"
)

const baseURL = "https://api.nbp.pl/api/exchangerates/rates/a"

type table struct {
	Code  string `json:"code"`
	Rates []struct {
		EffectiveDate string          `json:"effectiveDate"`
		Mid           decimal.Decimal `json:"mid"`
	} `json:"rates"`
}

// Rate is the mid rate of a currency in zloty.
type Rate struct {
	Currency string
	Mid      decimal.Decimal
	Day      time.Time
}

// Current loads the rate that is valid today. Quotes call it on a cache miss.
func Current(currency string) (Rate, error) {
	resp, err := http.Get(baseURL + "/" + url.PathEscape(currency) + "/?format=json")
	if err != nil {
		return Rate{}, fmt.Errorf("load rate of %s: %w", currency, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return Rate{}, fmt.Errorf("load rate of %s: status %d", currency, resp.StatusCode)
	}

	var t table
	if err := json.NewDecoder(io.LimitReader(resp.Body, 64<<10)).Decode(&t); err != nil {
		return Rate{}, fmt.Errorf("decode rate of %s: %w", currency, err)
	}
	if len(t.Rates) != 1 || !t.Rates[0].Mid.IsPositive() {
		return Rate{}, fmt.Errorf("no rate of %s", currency)
	}
	day, err := time.Parse(time.DateOnly, t.Rates[0].EffectiveDate)
	if err != nil {
		return Rate{}, fmt.Errorf("day of rate: %w", err)
	}
	slog.Debug("rate loaded", "currency", currency, "day", t.Rates[0].EffectiveDate)
	return Rate{Currency: t.Code, Mid: t.Rates[0].Mid, Day: day}, nil
}
