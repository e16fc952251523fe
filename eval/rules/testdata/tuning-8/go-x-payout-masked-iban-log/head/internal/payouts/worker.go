package payouts

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

type Payout struct {
	ID     string
	IBAN   string
	Cents  int64
	Status string
}

type Bank interface {
	// Pay answers a second call with the same key with the first reference and ErrDuplicate.
	Pay(ctx context.Context, key string, p Payout) (string, error)
}

var ErrDuplicate = errors.New("duplicate payment key")

type Repo interface {
	ClaimNext(ctx context.Context) (*Payout, error)
	MarkSent(ctx context.Context, id, bankRef string) error
	Release(ctx context.Context, id string) error
}

type Worker struct {
	bank Bank
	repo Repo
	log  *slog.Logger
}

func mask(iban string) string {
	if len(iban) <= 8 {
		return "****"
	}
	return iban[:4] + strings.Repeat("*", len(iban)-8) + iban[len(iban)-4:]
}

// Step pays one payout; false means that there is nothing to do.
func (w *Worker) Step(ctx context.Context) (bool, error) {
	p, err := w.repo.ClaimNext(ctx)
	if err != nil || p == nil {
		return false, err
	}
	log := w.log.With("payout", p.ID, "account", mask(p.IBAN))

	ref, err := w.bank.Pay(ctx, "payout-"+p.ID, *p)
	if err != nil && !errors.Is(err, ErrDuplicate) {
		log.Error("payout failed", "err", err)
		if rerr := w.repo.Release(ctx, p.ID); rerr != nil {
			return false, errors.Join(err, rerr)
		}
		return false, fmt.Errorf("payout %s: %w", p.ID, err)
	}
	if err := w.repo.MarkSent(ctx, p.ID, ref); err != nil {
		return false, fmt.Errorf("payout %s sent but not marked: %w", p.ID, err)
	}
	log.Info("payout sent", "ref", ref)
	return true, nil
}
