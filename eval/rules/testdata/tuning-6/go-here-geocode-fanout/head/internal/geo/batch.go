package geo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"
)

type Point struct {
	Lat float64 `json:"lat"`
	Lng float64 `json:"lng"`
}

type Geocoder struct {
	apiKey string
	http   *http.Client
}

func NewGeocoder(apiKey string) *Geocoder {
	return &Geocoder{apiKey: apiKey, http: &http.Client{Timeout: 10 * time.Second}}
}

// LocateAll is used by the customer import, with some thousand addresses at a time.
func (g *Geocoder) LocateAll(ctx context.Context, addresses []string) ([]Point, error) {
	points := make([]Point, len(addresses))
	errs := make([]error, len(addresses))
	var wg sync.WaitGroup
	for i, address := range addresses {
		wg.Add(1)
		go func() {
			defer wg.Done()
			points[i], errs[i] = g.locate(ctx, address)
		}()
	}
	wg.Wait()
	return points, errors.Join(errs...)
}

func (g *Geocoder) locate(ctx context.Context, address string) (Point, error) {
	query := url.Values{"q": {address}, "apiKey": {g.apiKey}, "limit": {"1"}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet,
		"https://geocode.search.hereapi.com/v1/geocode?"+query.Encode(), nil)
	if err != nil {
		return Point{}, errors.New("geocode: request not built")
	}
	resp, err := g.http.Do(req)
	if err != nil {
		return Point{}, errors.New("geocode: no answer") // the error would hold the URL with the key
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return Point{}, fmt.Errorf("geocode: status %d", resp.StatusCode)
	}
	var out struct {
		Items []struct{ Position Point }
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 256<<10)).Decode(&out); err != nil {
		return Point{}, fmt.Errorf("geocode: %w", err)
	}
	if len(out.Items) == 0 {
		return Point{}, fmt.Errorf("geocode: %q not found", address)
	}
	return out.Items[0].Position, nil
}
