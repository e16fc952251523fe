package hooks

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"github.com/acme/stays/internal/queue"
)

const maxBody = 1 << 20

type reservationEvent struct {
	ID          string    `json:"Id"`
	Type        string    `json:"Type"`
	Reservation string    `json:"ReservationId"`
	OccurredAt  time.Time `json:"OccurredUtc"`
}

var knownTypes = map[string]bool{"Created": true, "Updated": true, "Canceled": true}

type ReservationHandler struct {
	Queue *queue.Publisher
	Log   *slog.Logger
}

func (h *ReservationHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	var ev reservationEvent
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&ev); err != nil {
		http.Error(w, "malformed event", http.StatusBadRequest)
		return
	}
	if ev.ID == "" || ev.Reservation == "" || ev.OccurredAt.IsZero() || !knownTypes[ev.Type] {
		http.Error(w, "incomplete event", http.StatusUnprocessableEntity)
		return
	}
	if err := h.Queue.PublishOnce(r.Context(), "reservation:"+ev.ID, ev); err != nil {
		h.Log.Error("publish reservation event", "event", ev.ID, "err", err)
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	h.Log.Info("reservation event queued", "event", ev.ID, "type", ev.Type)
	w.WriteHeader(http.StatusAccepted)
}
