package feed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"
)

const (
	maxAttempts = 20
	maxFeed     = 32 << 20
)

type Level struct {
	SKU       string `json:"sku"`
	Warehouse string `json:"warehouse"`
	Available int    `json:"available"`
}

type Fetcher struct {
	URL    string
	Token  string
	Client *http.Client
}

func New(url, token string) *Fetcher {
	return &Fetcher{URL: url, Token: token, Client: &http.Client{Timeout: 30 * time.Second}}
}

func (f *Fetcher) once(ctx context.Context) ([]Level, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.URL, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+f.Token)
	resp, err := f.Client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("feed: status %d", resp.StatusCode)
	}
	var levels []Level
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxFeed)).Decode(&levels); err != nil {
		return nil, fmt.Errorf("feed: decode: %w", err)
	}
	return levels, nil
}

// Fetch returns the stock levels of all warehouses.
func (f *Fetcher) Fetch(ctx context.Context) ([]Level, error) {
	var last error
	for attempt := 0; attempt < maxAttempts; attempt++ {
		levels, err := f.once(ctx)
		if err == nil {
			return levels, nil
		}
		if errors.Is(err, context.Canceled) {
			return nil, err
		}
		slog.Warn("stock feed failed", "attempt", attempt, "err", err)
		last = err
	}
	return nil, fmt.Errorf("feed: giving up: %w", last)
}
