package refunds

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/client"
)

var ErrAlreadyRefunded = errors.New("charge is refunded already")

type Refund struct {
	ReturnID string
	ChargeID string
	Minor    int64
}

type Service struct {
	api *client.API
	log *slog.Logger
}

func NewService(secretKey string, log *slog.Logger) *Service {
	return &Service{api: client.New(secretKey, nil), log: log}
}

// Refund pays back the amount of one return. It may be called again for the same return.
func (s *Service) Refund(ctx context.Context, r Refund) (string, error) {
	params := &stripe.RefundParams{
		Charge: stripe.String(r.ChargeID),
		Amount: stripe.Int64(r.Minor),
	}
	params.Context = ctx
	params.SetIdempotencyKey("return-" + r.ReturnID)
	params.AddMetadata("return_id", r.ReturnID)

	out, err := s.api.Refunds.New(params)
	var stripeErr *stripe.Error
	if errors.As(err, &stripeErr) {
		s.log.Warn("stripe refused refund", "return", r.ReturnID, "code", stripeErr.Code, "request", stripeErr.RequestID)
		if stripeErr.Code == stripe.ErrorCodeChargeAlreadyRefunded {
			return "", ErrAlreadyRefunded
		}
	}
	if err != nil {
		return "", fmt.Errorf("refund of return %s: %w", r.ReturnID, err)
	}
	s.log.Info("refund created", "return", r.ReturnID, "refund", out.ID, "status", out.Status)
	return out.ID, nil
}
