package api

import (
	"encoding/json"
	"net/http"
)

type pdEnvelope struct {
	Event struct {
		ID         string          `json:"id"`
		EventType  string          `json:"event_type"`
		OccurredAt string          `json:"occurred_at"`
		Data       json.RawMessage `json:"data"`
	} `json:"event"`
}

func (s *Server) incidentChanged(w http.ResponseWriter, r *http.Request) { s.enqueue(w, r, "incident") }

func (s *Server) enqueue(w http.ResponseWriter, r *http.Request, kind string) {
	var env pdEnvelope
	if err := json.NewDecoder(r.Body).Decode(&env); err != nil || env.Event.ID == "" {
		http.Error(w, "invalid event", http.StatusBadRequest)
		return
	}
	// INSERT ... ON CONFLICT (event_id) DO NOTHING; the worker takes rows with SKIP LOCKED
	if err := s.inbox.Add(r.Context(), env.Event.ID, kind, env.Event.Data); err != nil {
		s.log.Error("inbox write failed", "event", env.Event.ID, "err", err)
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}
