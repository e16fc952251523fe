package linkcheck

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"golang.org/x/time/rate"
)

// Finding is a product link that leads nowhere.
type Finding struct {
	ProductID int64
	URL       string
	Reason    string
}

type Link struct {
	ProductID int64
	URL       string
}

type Checker struct {
	http    *http.Client
	limiter *rate.Limiter
	log     *slog.Logger
}

func New(log *slog.Logger) *Checker {
	return &Checker{
		http:    &http.Client{Timeout: 15 * time.Second},
		limiter: rate.NewLimiter(rate.Limit(10), 5),
		log:     log,
	}
}

// Check visits all links of the catalogue, about 60 000 each night. The URLs are our own shops'.
func (c *Checker) Check(ctx context.Context, links []Link) ([]Finding, error) {
	var findings []Finding
	for _, link := range links {
		if err := c.limiter.Wait(ctx); err != nil {
			return findings, fmt.Errorf("stopped after %s: %w", link.URL, err)
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, link.URL, nil)
		if err != nil {
			findings = append(findings, Finding{link.ProductID, link.URL, "not a URL"})
			continue
		}
		resp, err := c.http.Do(req)
		if err != nil {
			if errors.Is(err, context.Canceled) {
				return findings, err
			}
			findings = append(findings, Finding{link.ProductID, link.URL, "no answer"})
			continue
		}
		if resp.StatusCode >= http.StatusBadRequest {
			findings = append(findings, Finding{link.ProductID, link.URL, resp.Status})
		}
	}
	c.log.InfoContext(ctx, "links checked", "links", len(links), "broken", len(findings))
	return findings, nil
}
