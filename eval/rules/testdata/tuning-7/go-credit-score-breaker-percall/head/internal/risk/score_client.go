package risk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/sony/gobreaker"
)

var ErrScoreUnavailable = errors.New("risk: score unavailable")

type Score struct {
	Value int    `json:"value"`
	Band  string `json:"band"`
}

type ScoreClient struct {
	base string
	key  string
	http *http.Client
}

func NewScoreClient(base, key string) *ScoreClient {
	return &ScoreClient{base: base, key: key, http: &http.Client{Timeout: 4 * time.Second}}
}

func (c *ScoreClient) Score(ctx context.Context, customerRef string) (*Score, error) {
	breaker := gobreaker.NewCircuitBreaker(gobreaker.Settings{
		Name:    "credit-score",
		Timeout: 30 * time.Second,
		ReadyToTrip: func(counts gobreaker.Counts) bool {
			return counts.ConsecutiveFailures >= 5
		},
	})

	out, err := breaker.Execute(func() (interface{}, error) {
		return c.fetch(ctx, customerRef)
	})
	if errors.Is(err, gobreaker.ErrOpenState) {
		return nil, ErrScoreUnavailable
	}
	if err != nil {
		return nil, err
	}
	return out.(*Score), nil
}

func (c *ScoreClient) fetch(ctx context.Context, customerRef string) (*Score, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/v3/scores/"+url.PathEscape(customerRef), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("X-Api-Key", c.key)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("risk: fetch score: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("risk: fetch score: status %d", resp.StatusCode)
	}
	var s Score
	return &s, json.NewDecoder(resp.Body).Decode(&s)
}
