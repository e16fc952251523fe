package carrier

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
)

type Event struct {
	ID       string    `json:"event_id"`
	Tracking string    `json:"tracking"`
	Code     string    `json:"code"`
	At       time.Time `json:"at"`
}

func (e Event) validate() error {
	if e.ID == "" || e.Tracking == "" || len(e.Tracking) > 40 {
		return errors.New("incomplete event")
	}
	if _, known := statusByCode[e.Code]; !known {
		return errors.New("unknown status code")
	}
	return nil
}

var statusByCode = map[string]string{
	"PU": "picked_up",
	"IT": "in_transit",
	"DL": "delivered",
	"RT": "returned",
}

type Outbox interface {
	// Add stores the event unless its id is present already.
	Add(ctx context.Context, id, tracking, status string, at time.Time) error
}

type Handler struct {
	outbox Outbox
	log    *slog.Logger
}

func NewHandler(outbox Outbox, log *slog.Logger) *Handler { return &Handler{outbox: outbox, log: log} }

func Mount(r chi.Router, h *Handler, guard func(http.Handler) http.Handler) {
	r.Route("/carrier", func(r chi.Router) {
		r.Use(guard)
		r.Post("/events", h.events)
	})
}

func (h *Handler) events(w http.ResponseWriter, r *http.Request) {
	var ev Event
	if err := json.NewDecoder(r.Body).Decode(&ev); err != nil {
		http.Error(w, "malformed", http.StatusBadRequest)
		return
	}
	h.store(w, r, []Event{ev})
}

func (h *Handler) store(w http.ResponseWriter, r *http.Request, evs []Event) {
	for _, ev := range evs {
		if err := ev.validate(); err != nil {
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
			return
		}
	}
	for _, ev := range evs {
		if err := h.outbox.Add(r.Context(), ev.ID, ev.Tracking, statusByCode[ev.Code], ev.At.UTC()); err != nil {
			h.log.Error("store carrier event", "id", ev.ID, "err", err)
			http.Error(w, "unavailable", http.StatusServiceUnavailable)
			return
		}
	}
	w.WriteHeader(http.StatusNoContent)
}
