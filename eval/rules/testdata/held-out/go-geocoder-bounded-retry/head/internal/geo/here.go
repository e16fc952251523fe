package geo

import (
	"context"
	"fmt"
	"math/rand"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

const maxAttempts = 4

type Position struct {
	Lat float64 `json:"lat"`
	Lng float64 `json:"lng"`
}

type Geocoder struct {
	token string
	http  *http.Client
}

func NewGeocoder(token string) *Geocoder {
	return &Geocoder{token: token, http: &http.Client{Timeout: 5 * time.Second}}
}

func (g *Geocoder) Locate(ctx context.Context, address string) (*Position, error) {
	u := "https://geocode.search.hereapi.com/v1/geocode?limit=1&q=" + url.QueryEscape(address)
	var lastErr error
	pause := 250 * time.Millisecond
	for attempt := 1; attempt <= maxAttempts; attempt++ {
		pos, wait, err := g.once(ctx, u)
		if err == nil {
			return pos, nil
		}
		lastErr = err
		if wait < 0 || attempt == maxAttempts {
			break
		}
		wait = min(max(wait, pause+time.Duration(rand.Int63n(int64(pause)))), 20*time.Second)
		pause *= 2
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(wait):
		}
	}
	return nil, fmt.Errorf("geo: locate: %w", lastErr)
}

// once returns a negative wait when another attempt is of no use.
func (g *Geocoder) once(ctx context.Context, u string) (*Position, time.Duration, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return nil, -1, err
	}
	req.Header.Set("Authorization", "Bearer "+g.token)
	resp, err := g.http.Do(req)
	if err != nil {
		return nil, 0, err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode >= 500 {
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return nil, time.Duration(max(seconds, 0)) * time.Second, fmt.Errorf("status %d", resp.StatusCode)
	}
	return decodePosition(resp)
}
