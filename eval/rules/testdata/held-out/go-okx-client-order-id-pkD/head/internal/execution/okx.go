package execution

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/desk/internal/okxapi"
	"example.com/desk/internal/store"
)

type Executor struct {
	api    *okxapi.Client
	orders *store.Orders
}

// Execute sends one stored order. The stored id is the client order id on the exchange.
func (e *Executor) Execute(ctx context.Context, o store.Order) error {
	request := okxapi.OrderRequest{
		InstID:  o.Instrument,
		TdMode:  "cash",
		Side:    o.Side,
		OrdType: "market",
		Size:    o.Quantity.String(),
		ClOrdID: o.ClientID,
	}
	ack, err := e.placeWithRetry(ctx, request)
	switch {
	case err == nil:
		return e.orders.MarkSent(ctx, o.ID, ack.OrdID)
	case errors.Is(err, okxapi.ErrDuplicateClientID):
		found, lookupErr := e.api.OrderByClientID(ctx, o.Instrument, o.ClientID)
		if lookupErr != nil {
			return fmt.Errorf("look up %s: %w", o.ClientID, lookupErr)
		}
		return e.orders.MarkSent(ctx, o.ID, found.OrdID)
	default:
		return fmt.Errorf("order %s: %w", o.ClientID, err)
	}
}

func (e *Executor) placeWithRetry(ctx context.Context, request okxapi.OrderRequest) (*okxapi.Ack, error) {
	delay := 250 * time.Millisecond
	for attempt := 1; ; attempt++ {
		callCtx, cancel := context.WithTimeout(ctx, 3*time.Second)
		ack, err := e.api.Place(callCtx, request)
		cancel()
		if err == nil || attempt == 4 || !okxapi.Transient(err) {
			return ack, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(delay):
			delay *= 2
		}
	}
}
