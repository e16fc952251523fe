package billing

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"regexp"

	"github.com/acme/portal/internal/mollie"
)

var paymentID = regexp.MustCompile(`^tr_[A-Za-z0-9]{6,32}$`)

type Payments interface {
	// SetStatus compares and sets; a repeated status changes nothing.
	SetStatus(ctx context.Context, paymentID, status string) error
}

type MollieHook struct {
	api      *mollie.Client
	payments Payments
	log      *slog.Logger
}

// ServeHTTP is told that some payment changed, never how.
func (h *MollieHook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	id := r.PostFormValue("id")
	if !paymentID.MatchString(id) {
		http.Error(w, "id", http.StatusBadRequest)
		return
	}

	p, err := h.api.Payment(r.Context(), id)
	if errors.Is(err, mollie.ErrNotFound) {
		w.WriteHeader(http.StatusOK)
		return
	}
	if err != nil {
		h.log.Error("mollie payment not loaded", "payment", id, "err", err)
		http.Error(w, "retry", http.StatusBadGateway)
		return
	}
	if err := h.payments.SetStatus(r.Context(), p.ID, p.Status); err != nil {
		h.log.Error("payment status not saved", "payment", id, "err", err)
		http.Error(w, "retry", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusOK)
}
