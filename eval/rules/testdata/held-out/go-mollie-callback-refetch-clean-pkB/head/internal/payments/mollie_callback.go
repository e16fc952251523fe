package payments

import (
	"context"
	"net/http"
	"regexp"
	"time"

	"github.com/VictorAvelar/mollie-api-go/v4/mollie"
	"go.uber.org/zap"
)

var paymentID = regexp.MustCompile(`^tr_[A-Za-z0-9]{5,40}$`)

type MollieCallback struct {
	client *mollie.Client
	orders OrderRepository
	log    *zap.Logger
}

func (h *MollieCallback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	id := r.PostFormValue("id")
	if !paymentID.MatchString(id) {
		w.WriteHeader(http.StatusOK)
		return
	}

	ctx, cancel := context.WithTimeout(r.Context(), 8*time.Second)
	defer cancel()

	resp, payment, err := h.client.Payments.Get(ctx, id, nil)
	if err != nil {
		if resp != nil && resp.StatusCode == http.StatusNotFound {
			w.WriteHeader(http.StatusOK)
			return
		}
		h.log.Error("fetch mollie payment", zap.String("payment", id), zap.Error(err))
		w.WriteHeader(http.StatusBadGateway)
		return
	}

	// SetPaymentStatus is a conditional update; the same status a second time has no effect.
	if err := h.orders.SetPaymentStatus(ctx, payment.ID, payment.Status); err != nil {
		h.log.Error("set payment status", zap.String("payment", id), zap.Error(err))
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusOK)
}
