package analytics

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

type User struct {
	ID    string `json:"userId"`
	Plan  string `json:"plan"`
	Since string `json:"since"`
}

type Backfill struct {
	Endpoint string
	WriteKey string
	HTTP     *http.Client
	Log      *slog.Logger
}

func (b *Backfill) identify(ctx context.Context, u User) error {
	body, err := json.Marshal(map[string]any{"userId": u.ID, "traits": u, "messageId": "backfill-" + u.ID})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, b.Endpoint+"/v1/identify", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.SetBasicAuth(b.WriteKey, "")
	req.Header.Set("Content-Type", "application/json")
	resp, err := b.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("segment answered %d", resp.StatusCode)
	}
	return nil
}

// Run sends all users and returns how many were not accepted.
func (b *Backfill) Run(ctx context.Context, users []User) int64 {
	var g errgroup.Group
	g.SetLimit(8)
	var failed atomic.Int64
	for _, u := range users {
		u := u
		g.Go(func() error {
			if err := b.identify(ctx, u); err != nil {
				failed.Add(1)
				b.Log.Warn("identify failed", "user", u.ID, "err", err)
			}
			return nil
		})
	}
	_ = g.Wait() // the functions never fail, failures are counted
	return failed.Load()
}
