package tax

import (
	"context"
	"errors"

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
}

func NewService(api API, est Estimator) *Service {
	return &Service{api: api, estimator: est}
}

func (s *Service) Quote(ctx context.Context, c cart.Cart) (Quote, error) {
	q, err := s.api.Quote(ctx, c)
	if err == nil {
		return q, nil
	}
	if est, ok := s.estimator.Estimate(c); ok {
		est.Estimated = true
		return est, nil
	}
	return Quote{}, errors.Join(ErrUnavailable, err)
}
