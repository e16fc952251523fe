package routing

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

type Point struct {
	Lat, Lon float64
}

func (p Point) String() string {
	return strconv.FormatFloat(p.Lat, 'f', 6, 64) + "," + strconv.FormatFloat(p.Lon, 'f', 6, 64)
}

type ETA struct {
	Duration time.Duration
	Meters   int
}

type Client struct {
	base  string
	token string
	http  *http.Client
}

func NewClient(base, token string) *Client {
	return &Client{base: base, token: token, http: &http.Client{Timeout: 4 * time.Second}}
}

func (c *Client) ETA(ctx context.Context, from, to Point) (ETA, error) {
	q := url.Values{}
	q.Set("origin", from.String())
	q.Set("destination", to.String())
	q.Set("mode", "truck")

	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/directions?"+q.Encode(), nil)
	if err != nil {
		return ETA{}, err
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	resp, err := c.http.Do(req)
	if err != nil {
		return ETA{}, fmt.Errorf("directions: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return ETA{}, fmt.Errorf("directions answered %d", resp.StatusCode)
	}

	var body struct {
		Routes []struct {
			Seconds int `json:"duration"`
			Meters  int `json:"distance"`
		} `json:"routes"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&body); err != nil {
		return ETA{}, fmt.Errorf("decode directions: %w", err)
	}
	if len(body.Routes) == 0 {
		return ETA{}, fmt.Errorf("no route from %s to %s", from, to)
	}
	best := body.Routes[0]
	return ETA{Duration: time.Duration(best.Seconds) * time.Second, Meters: best.Meters}, nil
}
