package suppress

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"
)

type Mailgun struct {
	base, domain, key string
	http              *http.Client
	limiter           *rate.Limiter
}

func New(base, domain, key string) *Mailgun {
	return &Mailgun{
		base: base, domain: domain, key: key,
		http:    &http.Client{Timeout: 10 * time.Second},
		limiter: rate.NewLimiter(rate.Every(50*time.Millisecond), 5),
	}
}

// Bounced tells for each address whether Mailgun has it on the bounce list.
func (m *Mailgun) Bounced(ctx context.Context, addresses []string) (map[string]bool, error) {
	found := make([]bool, len(addresses))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(8)
	for i, address := range addresses {
		group.Go(func() (err error) {
			found[i], err = m.bounced(ctx, address)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}

	out := make(map[string]bool, len(addresses))
	for i, address := range addresses {
		out[address] = found[i]
	}
	return out, nil
}

func (m *Mailgun) bounced(ctx context.Context, address string) (bool, error) {
	if err := m.limiter.Wait(ctx); err != nil {
		return false, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet,
		fmt.Sprintf("%s/v3/%s/bounces/%s", m.base, m.domain, url.PathEscape(address)), nil)
	if err != nil {
		return false, err
	}
	req.SetBasicAuth("api", m.key)
	resp, err := m.http.Do(req)
	if err != nil {
		return false, fmt.Errorf("bounce list: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusNotFound {
		return false, fmt.Errorf("bounce list: status %d", resp.StatusCode)
	}
	return resp.StatusCode == http.StatusOK, nil
}
