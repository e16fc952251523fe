package geo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

var ErrNoMatch = errors.New("geo: no match")

type Client struct {
	HTTP  *http.Client
	Base  string
	Token string
}

type Point struct{ Lon, Lat float64 }

func New(base, token string) *Client {
	return &Client{HTTP: &http.Client{Timeout: 4 * time.Second}, Base: base, Token: token}
}

// Forward resolves a postal address to coordinates.
func (c *Client) Forward(ctx context.Context, address string) (Point, error) {
	raw, err := c.get(ctx, "/search/geocode/v6/forward?limit=1&q="+url.QueryEscape(address))
	if err != nil {
		return Point{}, err
	}
	var out struct {
		Features []struct {
			Geometry struct {
				Coordinates [2]float64 `json:"coordinates"`
			} `json:"geometry"`
		} `json:"features"`
	}
	if err := json.Unmarshal(raw, &out); err != nil {
		return Point{}, fmt.Errorf("geo: decode: %w", err)
	}
	if len(out.Features) == 0 {
		return Point{}, ErrNoMatch
	}
	xy := out.Features[0].Geometry.Coordinates
	return Point{Lon: xy[0], Lat: xy[1]}, nil
}

func (c *Client) get(ctx context.Context, path string) ([]byte, error) {
	var lastErr error
	for i := 0; i < 5; i++ {
		if i > 0 {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(200 * time.Millisecond):
			}
		}
		body, err := c.once(ctx, path)
		if err == nil {
			return body, nil
		}
		lastErr = err
	}
	return nil, fmt.Errorf("geo: no answer: %w", lastErr)
}

func (c *Client) once(ctx context.Context, path string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Base+path, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+c.Token)
	res, err := c.HTTP.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", res.StatusCode)
	}
	return io.ReadAll(io.LimitReader(res.Body, 1<<20))
}
