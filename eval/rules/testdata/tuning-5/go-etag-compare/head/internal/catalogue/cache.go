package catalogue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

const maxCatalogue = 8 << 20

type Item struct {
	SKU   string `json:"sku"`
	Title string `json:"title"`
}

type Cache struct {
	URL  string
	http http.Client

	mu    sync.Mutex
	etag  string
	items map[string]Item
}

func NewCache(url string) *Cache {
	return &Cache{URL: url, http: http.Client{Timeout: 15 * time.Second}}
}

// Refresh reads the catalogue again unless the supplier says it is unchanged.
func (c *Cache) Refresh(ctx context.Context) (changed bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()

	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.URL, nil)
	if err != nil {
		return false, err
	}
	if c.etag != "" {
		req.Header.Set("If-None-Match", c.etag)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return false, fmt.Errorf("catalogue: %w", err)
	}
	defer resp.Body.Close()

	switch resp.StatusCode {
	case http.StatusNotModified:
		return false, nil
	case http.StatusOK:
	default:
		return false, fmt.Errorf("catalogue: status %d", resp.StatusCode)
	}
	if etag := resp.Header.Get("ETag"); etag != "" && etag == c.etag {
		return false, nil
	}

	var list []Item
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxCatalogue)).Decode(&list); err != nil {
		return false, fmt.Errorf("catalogue: body: %w", err)
	}
	items := make(map[string]Item, len(list))
	for _, it := range list {
		if it.SKU == "" || it.Title == "" {
			return false, errors.New("catalogue: item without sku or title")
		}
		items[it.SKU] = it
	}
	c.items, c.etag = items, resp.Header.Get("ETag")
	return true, nil
}
