package directory

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
)

var errStuck = errors.New("directory: delta token did not change")

type Source interface {
	// Delta returns the changes after token; the Graph client behind it has timeouts and retries.
	Delta(ctx context.Context, token string) (users []User, next string, more bool, err error)
}

type Repo interface {
	Token(ctx context.Context, tenant string) (string, error)
	// ApplyPage writes the users and the token in one transaction.
	ApplyPage(ctx context.Context, tenant string, users []User, token string) error
}

type User struct {
	ID      string
	Mail    string
	Deleted bool
}

type Syncer struct {
	src  Source
	repo Repo
	log  *slog.Logger
}

func (s *Syncer) Run(ctx context.Context, tenant string) error {
	token, err := s.repo.Token(ctx, tenant)
	if err != nil {
		return fmt.Errorf("load token: %w", err)
	}
	total := 0
	for {
		users, next, more, err := s.src.Delta(ctx, token)
		if err != nil {
			return fmt.Errorf("delta: %w", err)
		}
		if next == token && more {
			return errStuck
		}
		if err := s.repo.ApplyPage(ctx, tenant, users, next); err != nil {
			return fmt.Errorf("apply page: %w", err)
		}
		total += len(users)
		token = next
		if !more {
			break
		}
	}
	s.log.Info("directory synced", "tenant", tenant, "changes", total)
	return nil
}
