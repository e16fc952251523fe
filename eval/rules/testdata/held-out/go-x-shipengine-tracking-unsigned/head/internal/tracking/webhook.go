package tracking

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
)

type trackEvent struct {
	ResourceType string `json:"resource_type"`
	Data         struct {
		TrackingNumber string    `json:"tracking_number"`
		StatusCode     string    `json:"status_code"`
		ActualDelivery time.Time `json:"actual_delivery_date"`
	} `json:"data"`
}

type ShipmentStore interface {
	SetStatus(ctx context.Context, trackingNo, status string, at time.Time) error
}

type WebhookHandler struct {
	store ShipmentStore
	log   *slog.Logger
}

func (h *WebhookHandler) Routes(r chi.Router) {
	r.Post("/hooks/shipengine/track", h.handleTrack)
}

func (h *WebhookHandler) handleTrack(w http.ResponseWriter, r *http.Request) {
	var ev trackEvent
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 256<<10)).Decode(&ev); err != nil {
		http.Error(w, "bad payload", http.StatusBadRequest)
		return
	}
	if ev.ResourceType != "API_TRACK" || ev.Data.TrackingNumber == "" {
		w.WriteHeader(http.StatusNoContent)
		return
	}

	if err := h.store.SetStatus(r.Context(), ev.Data.TrackingNumber, ev.Data.StatusCode, ev.Data.ActualDelivery); err != nil {
		h.log.Error("tracking update failed", "tracking", ev.Data.TrackingNumber, "err", err)
		http.Error(w, "unavailable", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
