package sync

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

type Account struct {
	ID       string
	Name     string
	Owner    string
	Modified time.Time
}

type AccountSource interface {
	// ModifiedSince follows nextRecordsUrl until the result is done.
	ModifiedSince(ctx context.Context, since time.Time) ([]Account, error)
}

type AccountSink interface {
	Upsert(ctx context.Context, a Account) error
}

type Checkpoints interface {
	Load(ctx context.Context, name string) (time.Time, error)
	Save(ctx context.Context, name string, at time.Time) error
}

type AccountSync struct {
	src  AccountSource
	dst  AccountSink
	cp   Checkpoints
	log  *slog.Logger
	name string
}

func (s *AccountSync) Run(ctx context.Context) error {
	since, err := s.cp.Load(ctx, s.name)
	if err != nil {
		return fmt.Errorf("load checkpoint: %w", err)
	}
	accounts, err := s.src.ModifiedSince(ctx, since)
	if err != nil {
		return fmt.Errorf("query accounts since %s: %w", since.Format(time.RFC3339), err)
	}
	if len(accounts) == 0 {
		return nil
	}

	latest := since
	for _, a := range accounts {
		if a.Modified.After(latest) {
			latest = a.Modified
		}
	}
	if err := s.cp.Save(ctx, s.name, latest); err != nil {
		return fmt.Errorf("save checkpoint: %w", err)
	}

	for _, a := range accounts {
		if err := s.dst.Upsert(ctx, a); err != nil {
			return fmt.Errorf("upsert account %s: %w", a.ID, err)
		}
	}
	s.log.Info("accounts synced", "count", len(accounts), "until", latest)
	return nil
}
