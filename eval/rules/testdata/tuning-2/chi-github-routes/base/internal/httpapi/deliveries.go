package httpapi

import (
	"database/sql"
	"io"
	"net/http"
)

type Deliveries struct {
	DB *sql.DB
}

// Accept stores one delivery; the id of GitHub is the primary key.
func (d *Deliveries) Accept(w http.ResponseWriter, r *http.Request) {
	id, event := r.Header.Get("X-GitHub-Delivery"), r.Header.Get("X-GitHub-Event")
	body, err := io.ReadAll(r.Body)
	if err != nil || id == "" || event == "" {
		http.Error(w, "bad delivery", http.StatusBadRequest)
		return
	}
	_, err = d.DB.ExecContext(r.Context(),
		`INSERT INTO deliveries (id, event, body) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING`, id, event, body)
	if err != nil {
		http.Error(w, "store", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}
