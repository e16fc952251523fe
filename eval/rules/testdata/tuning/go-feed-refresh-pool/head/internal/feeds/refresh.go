package feeds

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	workers     = 12
	maxFeedSize = 3 << 20
)

type Feed struct {
	ID   int64
	URL  string // entered by staff
	ETag string
}

type Store interface {
	Due(ctx context.Context, limit int) ([]Feed, error)
	SaveContent(ctx context.Context, id int64, etag string, content []byte) error
	SaveFailure(ctx context.Context, id int64, reason string) error
}

type Refresher struct {
	store Store
	http  *http.Client
	log   *slog.Logger
}

func NewRefresher(store Store, log *slog.Logger) *Refresher {
	return &Refresher{store: store, http: &http.Client{Timeout: 20 * time.Second}, log: log}
}

func (r *Refresher) RefreshDue(ctx context.Context) (int64, error) {
	due, err := r.store.Due(ctx, 2000)
	if err != nil {
		return 0, fmt.Errorf("due feeds: %w", err)
	}

	var failed atomic.Int64
	var g errgroup.Group
	g.SetLimit(workers)
	for _, feed := range due {
		g.Go(func() error {
			if err := r.refresh(ctx, feed); err != nil {
				failed.Add(1)
				r.log.WarnContext(ctx, "feed", "id", feed.ID, "err", err)
				return r.store.SaveFailure(ctx, feed.ID, err.Error())
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return failed.Load(), fmt.Errorf("save failure: %w", err)
	}
	return failed.Load(), nil
}

func (r *Refresher) refresh(ctx context.Context, feed Feed) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, feed.URL, nil)
	if err != nil {
		return err
	}
	if feed.ETag != "" {
		req.Header.Set("If-None-Match", feed.ETag)
	}
	res, err := r.http.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode == http.StatusNotModified {
		return nil
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", res.StatusCode)
	}
	content, err := io.ReadAll(io.LimitReader(res.Body, maxFeedSize+1))
	if err != nil {
		return err
	}
	if len(content) > maxFeedSize {
		return errors.New("feed is too large")
	}
	return r.store.SaveContent(ctx, feed.ID, res.Header.Get("ETag"), content)
}
