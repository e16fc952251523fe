package ocean

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"
)

type Maersk struct {
	http *http.Client
	key  string
	log  *slog.Logger
}

func NewMaersk(consumerKey string, log *slog.Logger) *Maersk {
	return &Maersk{http: &http.Client{Timeout: 25 * time.Second}, key: consumerKey, log: log}
}

// Schedules lists the sailings between two UN/LOCODEs.
func (m *Maersk) Schedules(ctx context.Context, from, to string) ([]Sailing, error) {
	q := url.Values{"originPort": {from}, "destinationPort": {to}}
	for {
		sailings, err := m.fetch(ctx, q)
		if err == nil {
			return sailings, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		m.log.Warn("maersk schedule failed, trying again", "from", from, "to", to, "error", err)
	}
}

func (m *Maersk) fetch(ctx context.Context, q url.Values) ([]Sailing, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://api.maersk.com/schedules/point-to-point?"+q.Encode(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Consumer-Key", m.key)
	resp, err := m.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("maersk answered %d", resp.StatusCode)
	}
	var out struct {
		Sailings []Sailing `json:"oceanProducts"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return nil, fmt.Errorf("decode schedules: %w", err)
	}
	return out.Sailings, nil
}
