package inbound

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"example.com/depot/internal/orders"
)

type OrdersHandler struct {
	svc *orders.Service
}

type orderMessage struct {
	ID       string `json:"id"`
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

func (m orderMessage) validate() error {
	if m.ID == "" || m.SKU == "" || m.Quantity < 1 || m.Quantity > 1000 {
		return errors.New("order message is incomplete")
	}
	return nil
}

func (h *OrdersHandler) Create(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "body", http.StatusBadRequest)
		return
	}
	var msg orderMessage
	if err := json.Unmarshal(body, &msg); err != nil {
		http.Error(w, "json", http.StatusBadRequest)
		return
	}
	if err := msg.validate(); err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	// Accept inserts with ON CONFLICT (partner_order_id) DO NOTHING.
	if err := h.svc.Accept(r.Context(), msg.ID, msg.SKU, msg.Quantity); err != nil {
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}
