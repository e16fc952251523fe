package sfsync

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

type Account struct {
	ID             string
	Name           string
	SystemModstamp time.Time
}

// Source queries Salesforce; it follows nextRecordsUrl up to the end.
type Source interface {
	AccountsSince(ctx context.Context, since time.Time) ([]Account, error)
}

type Store interface {
	Cursor(ctx context.Context, name string) (time.Time, error)
	SaveCursor(ctx context.Context, name string, at time.Time) error
	UpsertAccounts(ctx context.Context, accounts []Account) error
}

type Syncer struct {
	source Source
	store  Store
	log    *slog.Logger
}

const cursorName = "salesforce.accounts"

func (s *Syncer) Run(ctx context.Context) error {
	since, err := s.store.Cursor(ctx, cursorName)
	if err != nil {
		return fmt.Errorf("sfsync: read cursor: %w", err)
	}
	accounts, err := s.source.AccountsSince(ctx, since)
	if err != nil {
		return fmt.Errorf("sfsync: query accounts: %w", err)
	}
	if len(accounts) == 0 {
		return nil
	}

	latest := since
	for _, a := range accounts {
		if a.SystemModstamp.After(latest) {
			latest = a.SystemModstamp
		}
	}
	if err := s.store.SaveCursor(ctx, cursorName, latest); err != nil {
		return fmt.Errorf("sfsync: save cursor: %w", err)
	}

	if err := s.store.UpsertAccounts(ctx, accounts); err != nil {
		return fmt.Errorf("sfsync: upsert %d accounts: %w", len(accounts), err)
	}
	s.log.Info("accounts synced", "count", len(accounts), "until", latest)
	return nil
}
