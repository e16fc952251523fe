package contacts

import (
	"encoding/json"
	"net/http"

	"github.com/acme/crm/internal/hubspotsig"
)

type Handler struct {
	store  *Store
	verify *hubspotsig.Verifier
}

type propertyChange struct {
	Source string `json:"changeSource"`
	Email  string `json:"email"`
}

func (h *Handler) Lookup(w http.ResponseWriter, r *http.Request) {
	body, err := h.verify.ReadVerified(w, r)
	if err != nil {
		http.Error(w, "unauthorized", http.StatusUnauthorized)
		return
	}
	var ch propertyChange
	if err := json.Unmarshal(body, &ch); err != nil {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	found, err := h.store.FindByExternal(r.Context(), ch.Source, ch.Email)
	if err != nil {
		http.Error(w, "unavailable", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(found)
}
