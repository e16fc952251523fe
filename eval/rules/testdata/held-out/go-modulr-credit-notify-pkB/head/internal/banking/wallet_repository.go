package banking

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/shopspring/decimal"
)

type WalletRepository struct {
	db *sql.DB
}

// Credit raises the balance and writes the statement line.
func (r *WalletRepository) Credit(ctx context.Context, account string, amount decimal.Decimal, reference string) error {
	tx, err := r.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()

	res, err := tx.ExecContext(ctx, `UPDATE wallets SET balance = balance + $1 WHERE modulr_account = $2`, amount, account)
	if err != nil {
		return fmt.Errorf("update wallet: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return fmt.Errorf("wallet %s: %d rows (%v)", account, n, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO statement_lines (account, amount, reference) VALUES ($1, $2, $3)`, account, amount, reference)
	if err != nil {
		return fmt.Errorf("insert line: %w", err)
	}
	return tx.Commit()
}
