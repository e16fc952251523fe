package probe

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

type Result struct {
	Name string
	Up   bool
	Took time.Duration
}

type Prober struct {
	Client *http.Client
	Budget time.Duration
}

func (p *Prober) check(ctx context.Context, target string) error {
	ctx, cancel := context.WithTimeout(ctx, p.Budget)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return err
	}
	resp, err := p.Client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10)); err != nil {
		return fmt.Errorf("read body: %w", err)
	}
	if resp.StatusCode >= 400 {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	return nil
}

// Run probes the targets of the deployment one after the other.
func (p *Prober) Run(ctx context.Context, targets map[string]string, onDown func(name string, err error)) []Result {
	out := make([]Result, 0, len(targets))
	for name, target := range targets {
		start := time.Now()
		err := p.check(ctx, target)
		if err != nil && onDown != nil {
			onDown(name, err)
		}
		out = append(out, Result{Name: name, Up: err == nil, Took: time.Since(start)})
	}
	return out
}
