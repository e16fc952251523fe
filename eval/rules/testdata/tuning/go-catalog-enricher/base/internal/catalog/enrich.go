package catalog

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/acme/catalog/internal/pim"
)

const enrichConcurrency = 16

type Enricher struct {
	pim   *pim.Client
	store Store
}

type Store interface {
	ActiveIDs(ctx context.Context) ([]string, error)
	SaveAttributes(ctx context.Context, id string, attrs map[string]string) error
}

func NewEnricher(c *pim.Client, s Store) *Enricher {
	return &Enricher{pim: c, store: s}
}

// EnrichAll refreshes the attributes of the whole active catalogue.
func (e *Enricher) EnrichAll(ctx context.Context) (int, error) {
	ids, err := e.store.ActiveIDs(ctx)
	if err != nil {
		return 0, fmt.Errorf("active ids: %w", err)
	}

	var (
		mu   sync.Mutex
		done int
	)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(enrichConcurrency)
	for _, id := range ids {
		g.Go(func() error {
			attrs, err := e.pim.Attributes(ctx, id)
			if err != nil {
				return fmt.Errorf("product %s: %w", id, err)
			}
			if err := e.store.SaveAttributes(ctx, id, attrs); err != nil {
				return fmt.Errorf("product %s: %w", id, err)
			}
			mu.Lock()
			done++
			mu.Unlock()
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return done, err
	}
	return done, nil
}
