package pipedrive

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"
)

type Deal struct {
	ID    int64 `json:"id"`
	Stage int64 `json:"stage_id"`
}

type DealStore interface {
	AllIDs(context.Context) ([]int64, error)
	Save(context.Context, Deal) error
}

type Refresher struct {
	http  *http.Client
	token string
	store DealStore
}

func NewRefresher(token string, store DealStore) *Refresher {
	return &Refresher{&http.Client{Timeout: 15 * time.Second}, token, store}
}

// RefreshAll reloads every open deal; about 9000 in the largest account.
func (r *Refresher) RefreshAll(ctx context.Context) error {
	ids, err := r.store.AllIDs(ctx)
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	for _, id := range ids {
		g.Go(func() error {
			d, err := r.deal(ctx, id)
			if err != nil {
				return err
			}
			return r.store.Save(ctx, *d)
		})
	}
	return g.Wait()
}

func (r *Refresher) deal(ctx context.Context, id int64) (*Deal, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://api.pipedrive.com/v1/deals/"+strconv.FormatInt(id, 10), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("x-api-token", r.token)
	resp, err := r.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("deal %d: %w", id, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("deal %d: status %d", id, resp.StatusCode)
	}
	var out struct{ Data Deal }
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return nil, fmt.Errorf("deal %d: decode: %w", id, err)
	}
	return &out.Data, nil
}
