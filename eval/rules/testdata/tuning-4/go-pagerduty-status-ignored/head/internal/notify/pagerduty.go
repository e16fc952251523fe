package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"
)

const eventsURL = "https://events.pagerduty.com/v2/enqueue"

type PagerDuty struct {
	routingKey string
	http       *http.Client
}

func NewPagerDuty(routingKey string) *PagerDuty {
	return &PagerDuty{routingKey: routingKey, http: &http.Client{Timeout: 8 * time.Second}}
}

type Incident struct {
	DedupKey string
	Summary  string
	Source   string
	Severity string
}

func (p *PagerDuty) Trigger(ctx context.Context, in Incident) error {
	body, err := json.Marshal(map[string]any{
		"routing_key":  p.routingKey,
		"event_action": "trigger",
		"dedup_key":    in.DedupKey,
		"payload": map[string]string{
			"summary":  in.Summary,
			"source":   in.Source,
			"severity": in.Severity,
		},
	})
	if err != nil {
		return fmt.Errorf("encode incident: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, eventsURL, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")

	resp, err := p.http.Do(req)
	if err != nil {
		return fmt.Errorf("pagerduty: %w", err)
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
	slog.InfoContext(ctx, "incident triggered", "dedup_key", in.DedupKey)
	return nil
}
