package accounts

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"

	"github.com/acme/treasury/internal/modulr"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/shopspring/decimal"
)

type CreditHook struct {
	pool     *pgxpool.Pool
	verifier *modulr.SignatureVerifier
	log      *slog.Logger
}

type payIn struct {
	EventID   string          `json:"eventId"`
	AccountID string          `json:"accountId"`
	Amount    decimal.Decimal `json:"amount"`
	Currency  string          `json:"currency"`
	Reference string          `json:"reference"`
}

func (h *CreditHook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 128<<10))
	if err != nil {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	if err := h.verifier.Verify(r.Header, body); err != nil {
		h.log.Warn("modulr signature rejected", "err", err)
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}

	var in payIn
	if err := json.Unmarshal(body, &in); err != nil || in.AccountID == "" || !in.Amount.IsPositive() {
		http.Error(w, "payload", http.StatusBadRequest)
		return
	}

	tag, err := h.pool.Exec(r.Context(),
		`UPDATE accounts SET balance = balance + $1, updated_at = now() WHERE external_id = $2 AND currency = $3`,
		in.Amount, in.AccountID, in.Currency)
	if err != nil {
		h.log.Error("credit failed", "account", in.AccountID, "event", in.EventID, "err", err)
		http.Error(w, "retry", http.StatusInternalServerError)
		return
	}
	if tag.RowsAffected() == 0 {
		h.log.Error("credit for unknown account", "account", in.AccountID, "event", in.EventID)
		http.Error(w, "unknown account", http.StatusUnprocessableEntity)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
