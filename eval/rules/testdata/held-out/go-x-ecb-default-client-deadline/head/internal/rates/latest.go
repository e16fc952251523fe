package rates

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/shopspring/decimal"
)

const perCall = 5 * time.Second

type Snapshot struct {
	Base  string                     `json:"base"`
	Rates map[string]decimal.Decimal `json:"rates"`
	Unix  int64                      `json:"timestamp"`
}

type Source struct {
	appID string
}

func NewSource(appID string) (*Source, error) {
	if appID == "" {
		return nil, errors.New("rates: app id missing")
	}
	return &Source{appID: appID}, nil
}

func (s *Source) Latest(parent context.Context) (*Snapshot, error) {
	ctx, stop := context.WithTimeout(parent, perCall)
	defer stop()

	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://openexchangerates.org/api/latest.json", nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Token "+s.appID)

	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("latest rates: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("latest rates: %s", resp.Status)
	}

	var snap Snapshot
	if err := json.NewDecoder(resp.Body).Decode(&snap); err != nil {
		return nil, fmt.Errorf("latest rates: decode: %w", err)
	}
	if snap.Base == "" || len(snap.Rates) == 0 {
		return nil, errors.New("latest rates: empty snapshot")
	}
	if age := time.Since(time.Unix(snap.Unix, 0)); age > 3*time.Hour {
		return nil, fmt.Errorf("latest rates: %s old", age.Round(time.Minute))
	}
	return &snap, nil
}
