package distance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/acme/dispatch/internal/httpx"
)

var ErrNoRoute = errors.New("no route")

type Client struct {
	base *url.URL
	key  string
	http *http.Client
}

func New(base *url.URL, key string) *Client {
	return &Client{base: base, key: key, http: httpx.NewClient(4 * time.Second)}
}

type Point struct{ Lat, Lng float64 }

func (p Point) String() string {
	return strconv.FormatFloat(p.Lat, 'f', 6, 64) + "," + strconv.FormatFloat(p.Lng, 'f', 6, 64)
}

func (c *Client) Meters(ctx context.Context, from, to Point) (int, error) {
	u := c.base.JoinPath("v1", "routes")
	u.RawQuery = url.Values{"from": {from.String()}, "to": {to.String()}}.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return 0, err
	}
	req.Header.Set("X-Api-Key", c.key)

	res, err := c.http.Do(req)
	if err != nil {
		return 0, fmt.Errorf("distance: %w", err)
	}
	defer res.Body.Close()
	switch res.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound:
		return 0, ErrNoRoute
	default:
		return 0, fmt.Errorf("distance: status %d", res.StatusCode)
	}

	var body struct {
		Routes []struct {
			Meters int `json:"meters"`
		} `json:"routes"`
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, 256<<10)).Decode(&body); err != nil {
		return 0, fmt.Errorf("distance: decode: %w", err)
	}
	if len(body.Routes) == 0 {
		return 0, ErrNoRoute
	}
	return body.Routes[0].Meters, nil
}
