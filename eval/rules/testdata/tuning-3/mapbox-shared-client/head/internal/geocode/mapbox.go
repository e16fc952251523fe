package geocode

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/northpantry/dispatch/internal/platform/httpx"
)

var ErrNoMatch = errors.New("geocode: no match")

type Point struct{ Lat, Lon float64 }

type Mapbox struct {
	token  string
	client *http.Client
}

func NewMapbox(token string) *Mapbox {
	return &Mapbox{token: token, client: httpx.NewClient()}
}

// Mapbox takes its token as a query parameter only, so errors must not carry the URL.
func (m *Mapbox) Find(ctx context.Context, address string) (Point, error) {
	q := url.Values{"q": {address}, "limit": {"1"}, "access_token": {m.token}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://api.mapbox.com/search/geocode/v6/forward?"+q.Encode(), nil)
	if err != nil {
		return Point{}, errors.New("geocode: bad request")
	}
	resp, err := m.client.Do(req)
	if err != nil {
		var ue *url.Error
		if errors.As(err, &ue) {
			err = ue.Err
		}
		return Point{}, fmt.Errorf("geocode: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return Point{}, fmt.Errorf("geocode: status %d", resp.StatusCode)
	}
	var body struct {
		Features []struct {
			Geometry struct {
				Coordinates [2]float64 `json:"coordinates"`
			} `json:"geometry"`
		} `json:"features"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&body); err != nil {
		return Point{}, fmt.Errorf("geocode: %w", err)
	}
	if len(body.Features) == 0 {
		return Point{}, ErrNoMatch
	}
	c := body.Features[0].Geometry.Coordinates
	return Point{Lat: c[1], Lon: c[0]}, nil
}
