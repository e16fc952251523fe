package shopify

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/go-chi/chi/v5"
)

const maxHookBody = 512 << 10

type OrderStore interface {
	MarkFulfilled(ctx context.Context, shop string, orderID int64) error
}

var ErrUnknownOrder = errors.New("unknown order")

type FulfilmentHandler struct {
	orders OrderStore
	log    *slog.Logger
}

func NewFulfilmentHandler(orders OrderStore, log *slog.Logger) *FulfilmentHandler {
	return &FulfilmentHandler{orders: orders, log: log}
}

func (h *FulfilmentHandler) Routes(r chi.Router) {
	r.Post("/hooks/shopify/orders-fulfilled", h.ordersFulfilled)
}

type fulfilledOrder struct {
	ID int64 `json:"id"`
}

func (h *FulfilmentHandler) ordersFulfilled(w http.ResponseWriter, r *http.Request) {
	shop := r.Header.Get("X-Shopify-Shop-Domain")
	if shop == "" {
		http.Error(w, "shop header missing", http.StatusBadRequest)
		return
	}

	var order fulfilledOrder
	body := http.MaxBytesReader(w, r.Body, maxHookBody)
	if err := json.NewDecoder(body).Decode(&order); err != nil || order.ID == 0 {
		http.Error(w, "malformed order", http.StatusBadRequest)
		return
	}

	err := h.orders.MarkFulfilled(r.Context(), shop, order.ID)
	switch {
	case errors.Is(err, ErrUnknownOrder):
		h.log.Warn("fulfilment for unknown order", "shop", shop, "order", order.ID)
	case err != nil:
		h.log.Error("mark fulfilled", "shop", shop, "order", order.ID, "err", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusOK)
}
