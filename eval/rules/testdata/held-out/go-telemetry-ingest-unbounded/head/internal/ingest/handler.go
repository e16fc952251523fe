package ingest

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
)

type Sample struct {
	DeviceID string  `json:"device_id"`
	At       int64   `json:"at"`
	Value    float64 `json:"value"`
}

type Sink interface {
	// Write upserts on (device_id, at).
	Write(ctx context.Context, samples []Sample) error
}

type Handler struct {
	sink Sink
	log  *slog.Logger
}

// ServeHTTP is mounted behind deviceauth.Require.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var src io.Reader = r.Body
	if r.Header.Get("Content-Encoding") == "gzip" {
		zr, err := gzip.NewReader(r.Body)
		if err != nil {
			http.Error(w, "malformed gzip", http.StatusBadRequest)
			return
		}
		defer zr.Close()
		src = zr
	}

	raw, err := io.ReadAll(src)
	if err != nil {
		http.Error(w, "cannot read body", http.StatusBadRequest)
		return
	}
	var samples []Sample
	if err := json.Unmarshal(raw, &samples); err != nil {
		http.Error(w, "malformed samples", http.StatusBadRequest)
		return
	}
	for _, s := range samples {
		if s.DeviceID == "" || s.At <= 0 {
			http.Error(w, "device_id and at are required", http.StatusUnprocessableEntity)
			return
		}
	}
	if err := h.sink.Write(r.Context(), samples); err != nil {
		h.log.Error("write samples", "count", len(samples), "err", err)
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
