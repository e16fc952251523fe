package portal

import (
	"encoding/json"
	"net/http"
	"os"
)

// Browser configuration of the tracking page. Both values are meant for browsers and are bound to our domains.
const (
	mapboxToken    = "pk.eyJ1IjoiYWNtZWZyZWlnaHQiLCJhIjoiY2x4MTIzNDU2MDAwMDNqcGJ4eXoifQ.Qm9vVGhpc0lzUHVibGlj"
	stripePublicID = "pk_live_51MzQ9fHh2kQeZvT0bY3WcLxN"
)

type browserConfig struct {
	MapboxToken string `json:"mapboxToken"`
	StripeKey   string `json:"stripeKey"`
	Release     string `json:"release"`
	Region      string `json:"region"`
}

func ConfigHandler() http.HandlerFunc {
	payload, err := json.Marshal(browserConfig{
		MapboxToken: mapboxToken,
		StripeKey:   stripePublicID,
		Release:     os.Getenv("RELEASE"),
		Region:      os.Getenv("REGION"),
	})
	if err != nil {
		panic(err)
	}
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "public, max-age=300")
		_, _ = w.Write(payload)
	}
}
