package accounting

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
)

type FreshBooksPush struct {
	http    *http.Client
	baseURL string
	log     *slog.Logger
}

// NewFreshBooksPush takes an authorised client; it has a timeout of 30 seconds (see httpx.Authorized).
func NewFreshBooksPush(client *http.Client, account string, log *slog.Logger) *FreshBooksPush {
	return &FreshBooksPush{http: client, baseURL: "https://api.freshbooks.com/accounting/account/" + account, log: log}
}

// Push updates all given customers and returns the ids that could not be updated.
func (p *FreshBooksPush) Push(ctx context.Context, customers []Customer) []string {
	var (
		wg     sync.WaitGroup
		mu     sync.Mutex
		failed []string
	)
	for _, c := range customers {
		wg.Add(1)
		go func(c Customer) {
			defer wg.Done()
			if err := p.update(ctx, c); err != nil {
				p.log.Warn("freshbooks update failed", "customer", c.ID, "error", err)
				mu.Lock()
				failed = append(failed, c.ID)
				mu.Unlock()
			}
		}(c)
	}
	wg.Wait()
	return failed
}

func (p *FreshBooksPush) update(ctx context.Context, c Customer) error {
	body, err := json.Marshal(map[string]any{"client": toClient(c)})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, fmt.Sprintf("%s/users/clients/%d", p.baseURL, c.FreshBooksID), bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := p.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("freshbooks answered %d", resp.StatusCode)
	}
	return nil
}
