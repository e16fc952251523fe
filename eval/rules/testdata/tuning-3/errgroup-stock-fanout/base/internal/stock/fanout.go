package stock

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"
)

const (
	parallelShops = 8
	perShopRate   = rate.Limit(2)
	pushTimeout   = 10 * time.Second
)

type Level struct {
	ShopID   string
	SKU      string
	Quantity int
	Revision int64
}

type Pusher interface {
	// Push sets an absolute quantity; a lower revision is ignored by the shop.
	Push(ctx context.Context, l Level) error
}

type Fanout struct {
	pusher Pusher
	mu     sync.Mutex
	limits map[string]*rate.Limiter
}

func NewFanout(p Pusher) *Fanout {
	return &Fanout{pusher: p, limits: map[string]*rate.Limiter{}}
}

func (f *Fanout) limiter(shop string) *rate.Limiter {
	f.mu.Lock()
	defer f.mu.Unlock()
	l, ok := f.limits[shop]
	if !ok {
		l = rate.NewLimiter(perShopRate, 4)
		f.limits[shop] = l
	}
	return l
}

// PushAll goes on after a failing shop and returns what failed; the caller leaves those rows pending.
func (f *Fanout) PushAll(ctx context.Context, levels []Level) error {
	var (
		g    errgroup.Group
		mu   sync.Mutex
		errs []error
	)
	g.SetLimit(parallelShops)
	for _, l := range levels {
		g.Go(func() error {
			if err := f.push(ctx, l); err != nil {
				mu.Lock()
				errs = append(errs, fmt.Errorf("%s/%s: %w", l.ShopID, l.SKU, err))
				mu.Unlock()
			}
			return nil
		})
	}
	_ = g.Wait()
	return errors.Join(errs...)
}

func (f *Fanout) push(ctx context.Context, l Level) error {
	if err := f.limiter(l.ShopID).Wait(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, pushTimeout)
	defer cancel()
	return f.pusher.Push(ctx, l)
}
