package http

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"github.com/acme/freight/internal/tracking"
)

type fedexEvent struct {
	TrackingNumber string    `json:"trackingNumber"`
	EventType      string    `json:"eventType"`
	OccurredAt     time.Time `json:"timestamp"`
	City           string    `json:"city"`
}

type FedexWebhook struct {
	store  *tracking.Store
	logger *slog.Logger
}

func NewFedexWebhook(store *tracking.Store, logger *slog.Logger) *FedexWebhook {
	return &FedexWebhook{store: store, logger: logger}
}

func (h *FedexWebhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 256<<10)

	var ev fedexEvent
	if err := json.NewDecoder(r.Body).Decode(&ev); err != nil {
		http.Error(w, "bad payload", http.StatusBadRequest)
		return
	}
	if ev.TrackingNumber == "" || ev.OccurredAt.IsZero() {
		http.Error(w, "incomplete event", http.StatusUnprocessableEntity)
		return
	}

	status, ok := tracking.FromFedex(ev.EventType)
	if !ok {
		h.logger.Info("ignoring fedex event", "type", ev.EventType)
		w.WriteHeader(http.StatusNoContent)
		return
	}

	err := h.store.UpsertScan(r.Context(), tracking.Scan{
		Carrier:    "fedex",
		Number:     ev.TrackingNumber,
		Status:     status,
		OccurredAt: ev.OccurredAt,
		Place:      ev.City,
	})
	if err != nil {
		h.logger.Error("store fedex scan", "number", ev.TrackingNumber, "error", err)
		http.Error(w, "try again", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
