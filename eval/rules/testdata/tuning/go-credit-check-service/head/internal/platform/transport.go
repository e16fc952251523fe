package platform

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/sony/gobreaker/v2"
)

type breakerTransport struct {
	next    http.RoundTripper
	breaker *gobreaker.CircuitBreaker[*http.Response]
}

var errUpstream = errors.New("upstream failure")

func (t *breakerTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	var last *http.Response
	res, err := t.breaker.Execute(func() (*http.Response, error) {
		res, err := t.next.RoundTrip(req)
		if err != nil {
			return nil, err
		}
		last = res
		if res.StatusCode >= 500 {
			return res, fmt.Errorf("%w: %d", errUpstream, res.StatusCode)
		}
		return res, nil
	})
	if errors.Is(err, errUpstream) {
		return last, nil
	}
	return res, err
}

func NewServiceClient(name string, timeout time.Duration) *http.Client {
	return &http.Client{
		Timeout: timeout,
		Transport: &breakerTransport{
			next: http.DefaultTransport,
			breaker: gobreaker.NewCircuitBreaker[*http.Response](gobreaker.Settings{
				Name:        name,
				Timeout:     15 * time.Second,
				ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= 5 },
			}),
		},
	}
}
