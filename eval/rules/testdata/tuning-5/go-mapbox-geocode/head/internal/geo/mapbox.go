package geo

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

var ErrNotFound = errors.New("geo: address not found")

type Point struct {
	Lat, Lng float64
}

type Mapbox struct {
	BaseURL string
	Token   string
}

type featureCollection struct {
	Features []struct {
		Center []float64 `json:"center"`
	} `json:"features"`
}

func (m *Mapbox) Locate(address, country string) (Point, error) {
	q := url.Values{}
	q.Set("access_token", m.Token)
	q.Set("country", country)
	q.Set("limit", "1")
	endpoint := fmt.Sprintf("%s/geocoding/v5/mapbox.places/%s.json?%s", m.BaseURL, url.PathEscape(address), q.Encode())

	resp, err := http.Get(endpoint)
	if err != nil {
		return Point{}, fmt.Errorf("geo: mapbox: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return Point{}, fmt.Errorf("geo: mapbox answered %d", resp.StatusCode)
	}

	var fc featureCollection
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&fc); err != nil {
		return Point{}, fmt.Errorf("geo: mapbox body: %w", err)
	}
	if len(fc.Features) == 0 {
		return Point{}, ErrNotFound
	}
	c := fc.Features[0].Center
	if len(c) != 2 {
		return Point{}, errors.New("geo: mapbox center has no two numbers")
	}
	return Point{Lat: c[1], Lng: c[0]}, nil
}
