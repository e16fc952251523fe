package discovery

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"golang.org/x/time/rate"
)

const pageSize = 200

type Crawler struct {
	http    *http.Client
	limiter *rate.Limiter
	apiKey  string
}

func NewCrawler(apiKey string) *Crawler {
	return &Crawler{
		http:    &http.Client{Timeout: 15 * time.Second},
		limiter: rate.NewLimiter(rate.Every(250*time.Millisecond), 1),
		apiKey:  apiKey,
	}
}

// Venue visits every event of a venue. Venues have far fewer than the 1000 events that paging allows.
func (c *Crawler) Venue(ctx context.Context, venueID string, visit func(Event) error) error {
	for page := 0; ; page++ {
		result, err := c.page(ctx, venueID, page)
		if err != nil {
			return fmt.Errorf("venue %s page %d: %w", venueID, page, err)
		}
		for _, event := range result.Embedded.Events {
			if err := visit(event); err != nil {
				return err
			}
		}
		if page+1 >= result.Page.TotalPages {
			return nil
		}
	}
}

func (c *Crawler) page(ctx context.Context, venueID string, page int) (*eventPage, error) {
	if err := c.limiter.Wait(ctx); err != nil {
		return nil, err
	}
	query := url.Values{"venueId": {venueID}, "size": {strconv.Itoa(pageSize)}, "page": {strconv.Itoa(page)}, "apikey": {c.apiKey}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://app.ticketmaster.com/discovery/v2/events.json?"+query.Encode(), nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("request failed: %w", redactURL(err))
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", resp.StatusCode)
	}
	var out eventPage
	return &out, json.NewDecoder(io.LimitReader(resp.Body, 8<<20)).Decode(&out)
}
