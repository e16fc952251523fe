package banking

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"

	"github.com/shopspring/decimal"
)

type payIn struct {
	EventID   string          `json:"EventId"`
	EventName string          `json:"EventName"`
	AccountID string          `json:"AccountId"`
	Amount    decimal.Decimal `json:"Amount"`
	Currency  string          `json:"Currency"`
	Reference string          `json:"Reference"`
}

type NotifyHandler struct {
	signer  *SignatureVerifier
	wallets *WalletRepository
	log     *slog.Logger
}

func (h *NotifyHandler) PayIn(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 512<<10))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	if err := h.signer.Verify(r.Header, raw); err != nil {
		h.log.Warn("modulr signature rejected", "error", err)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}

	var ev payIn
	if err := json.Unmarshal(raw, &ev); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if ev.EventName != "PAYIN" || !ev.Amount.IsPositive() || ev.Currency != "GBP" {
		h.log.Info("modulr event skipped", "event", ev.EventID, "name", ev.EventName)
		w.WriteHeader(http.StatusOK)
		return
	}

	if err := h.wallets.Credit(r.Context(), ev.AccountID, ev.Amount, ev.Reference); err != nil {
		h.log.Error("credit wallet", "event", ev.EventID, "error", err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusOK)
}
