package routing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"go.uber.org/zap"
)

type Leg struct {
	LengthMeters int `json:"length"`
	Seconds      int `json:"duration"`
}

type Planner struct {
	hc     *http.Client
	apiKey string
	log    *zap.Logger
}

func NewPlanner(apiKey string, log *zap.Logger) *Planner {
	return &Planner{hc: &http.Client{Timeout: 8 * time.Second}, apiKey: apiKey, log: log}
}

var ErrNoRoute = errors.New("no route")

func (p *Planner) Truck(ctx context.Context, from, to string) (*Leg, error) {
	q := url.Values{}
	q.Set("transportMode", "truck")
	q.Set("origin", from)
	q.Set("destination", to)
	q.Set("return", "summary")
	q.Set("apiKey", p.apiKey)

	endpoint := "https://router.hereapi.com/v8/routes?" + q.Encode()
	p.log.Info("calculating route", zap.String("url", endpoint))
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, endpoint, nil)
	if err != nil {
		return nil, errors.New("here: build request")
	}
	resp, err := p.hc.Do(req)
	if err != nil {
		var uerr *url.Error
		if errors.As(err, &uerr) {
			err = uerr.Err
		}
		return nil, fmt.Errorf("here: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("here: status %d", resp.StatusCode)
	}
	var out struct {
		Routes []struct {
			Sections []struct{ Summary Leg }
		} `json:"routes"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return nil, fmt.Errorf("here: decode: %w", err)
	}
	if len(out.Routes) == 0 || len(out.Routes[0].Sections) == 0 {
		return nil, ErrNoRoute
	}
	return &out.Routes[0].Sections[0].Summary, nil
}
