package feed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"
)

var errRejected = errors.New("feed rejected by aggregator")

type Publisher struct {
	endpoint string
	token    string
	http     *http.Client
}

func NewPublisher(endpoint, token string) *Publisher {
	return &Publisher{endpoint: endpoint, token: token, http: &http.Client{Timeout: 30 * time.Second}}
}

func (p *Publisher) put(ctx context.Context, feedID string, doc []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, p.endpoint+"/feeds/"+feedID, bytes.NewReader(doc))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+p.token)
	req.Header.Set("Content-Type", "application/xml")
	resp, err := p.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode < 300:
		return nil
	case resp.StatusCode >= 400 && resp.StatusCode < 500 && resp.StatusCode != http.StatusTooManyRequests:
		return fmt.Errorf("%w: status %d", errRejected, resp.StatusCode)
	default:
		return fmt.Errorf("aggregator answered %d", resp.StatusCode)
	}
}

func (p *Publisher) Publish(ctx context.Context, feedID string, doc []byte) error {
	if err := p.put(ctx, feedID, doc); err != nil {
		return fmt.Errorf("publish feed %s: %w", feedID, err)
	}
	slog.InfoContext(ctx, "feed published", "feed", feedID, "bytes", len(doc))
	return nil
}
