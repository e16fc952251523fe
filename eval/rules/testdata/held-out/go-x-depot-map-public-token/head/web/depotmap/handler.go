package depotmap

import (
	"embed"
	"html/template"
	"log/slog"
	"net/http"
)

//go:embed map.html
var files embed.FS

var page = template.Must(template.ParseFS(files, "map.html"))

const (
	mapboxPublicToken = "pk.eyJ1IjoiYWNtZS1sb2dpc3RpY3MiLCJhIjoiY2x4N2RlcG90bWFwIn0.Qm9VdHRlcmZsaWVzRGVwb3Q"
	browserSentryDSN  = "https://5f0c2d7b19e84a36b1d2c4e6f8a09b7c@o44120.ingest.sentry.io/4506120"
)

type Depot struct {
	Code string  `json:"code"`
	Lat  float64 `json:"lat"`
	Lng  float64 `json:"lng"`
}

type Handler struct {
	depots func(r *http.Request) ([]Depot, error)
	log    *slog.Logger
}

func New(depots func(r *http.Request) ([]Depot, error), log *slog.Logger) *Handler {
	return &Handler{depots: depots, log: log}
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	depots, err := h.depots(r)
	if err != nil {
		h.log.Error("depots not loaded", "err", err)
		http.Error(w, "unavailable", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	err = page.Execute(w, map[string]any{
		"Token":  mapboxPublicToken,
		"Sentry": browserSentryDSN,
		"Depots": depots,
	})
	if err != nil {
		h.log.Warn("map page not rendered", "err", err)
	}
}
