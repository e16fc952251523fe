package export

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/sync/errgroup"
)

type Product struct {
	AirtableID string
	Name       string
	Stock      int
}

type Airtable struct {
	baseID string
	token  string
	http   *http.Client
}

func NewAirtable(baseID, token string) *Airtable {
	return &Airtable{baseID: baseID, token: token, http: &http.Client{Timeout: 15 * time.Second}}
}

// ExportAll runs hourly over the whole catalogue (about 12000 products).
func (a *Airtable) ExportAll(ctx context.Context, products []Product) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, p := range products {
		p := p
		g.Go(func() error { return a.update(ctx, p) })
	}
	return g.Wait()
}

func (a *Airtable) update(ctx context.Context, p Product) error {
	body, err := json.Marshal(map[string]any{
		"fields": map[string]any{"Name": p.Name, "Stock": p.Stock},
	})
	if err != nil {
		return fmt.Errorf("airtable: encode %s: %w", p.AirtableID, err)
	}
	u := fmt.Sprintf("https://api.airtable.com/v0/%s/Products/%s", a.baseID, url.PathEscape(p.AirtableID))
	req, err := http.NewRequestWithContext(ctx, http.MethodPatch, u, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+a.token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := a.http.Do(req)
	if err != nil {
		return fmt.Errorf("airtable: update %s: %w", p.AirtableID, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("airtable: update %s: status %d", p.AirtableID, resp.StatusCode)
	}
	return nil
}
