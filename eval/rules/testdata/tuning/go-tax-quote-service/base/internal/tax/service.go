package tax

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/sony/gobreaker/v2"

	"github.com/acme/checkout/internal/cart"
)

var ErrUnavailable = errors.New("tax quote unavailable")

type API interface {
	// Quote is bounded by the client's 6s timeout.
	Quote(ctx context.Context, c cart.Cart) (Quote, error)
}

type Estimator interface {
	Estimate(c cart.Cart) (Quote, bool)
}

type Quote struct {
	AmountMinor int64
	Currency    string
	Estimated   bool
}

type Service struct {
	api       API
	estimator Estimator
	breaker   *gobreaker.CircuitBreaker[Quote]
	latency   *prometheus.HistogramVec
	log       *slog.Logger
}

func NewService(api API, est Estimator, latency *prometheus.HistogramVec, log *slog.Logger) *Service {
	return &Service{
		api:       api,
		estimator: est,
		latency:   latency,
		log:       log,
		breaker: gobreaker.NewCircuitBreaker[Quote](gobreaker.Settings{
			Name:    "avalara",
			Timeout: 20 * time.Second,
			ReadyToTrip: func(n gobreaker.Counts) bool {
				return n.ConsecutiveFailures >= 5
			},
		}),
	}
}

func (s *Service) Quote(ctx context.Context, c cart.Cart) (Quote, error) {
	started := time.Now()
	q, err := s.breaker.Execute(func() (Quote, error) { return s.api.Quote(ctx, c) })
	outcome := "ok"
	if err != nil {
		outcome = "error"
	}
	s.latency.WithLabelValues("avalara", outcome).Observe(time.Since(started).Seconds())
	if err == nil {
		return q, nil
	}
	if est, ok := s.estimator.Estimate(c); ok {
		s.log.WarnContext(ctx, "using estimated tax", "err", err)
		est.Estimated = true
		return est, nil
	}
	return Quote{}, errors.Join(ErrUnavailable, err)
}
