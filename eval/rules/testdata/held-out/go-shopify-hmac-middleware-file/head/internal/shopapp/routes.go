package shopapp

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"

	"github.com/go-chi/chi/v5"
)

type Shops interface {
	Deactivate(ctx context.Context, domain string) error
}

func Mount(r chi.Router, appSecret string, shops Shops, log *slog.Logger) {
	r.Route("/webhooks", func(r chi.Router) {
		r.Use(requireShopifyHMAC([]byte(appSecret)))
		r.Post("/app-uninstalled", appUninstalled(shops, log))
	})
}

func appUninstalled(shops Shops, log *slog.Logger) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var shop struct {
			Domain string `json:"myshopify_domain"`
		}
		if err := json.NewDecoder(r.Body).Decode(&shop); err != nil || shop.Domain == "" {
			http.Error(w, "malformed shop", http.StatusBadRequest)
			return
		}
		if err := shops.Deactivate(r.Context(), shop.Domain); err != nil {
			log.Error("deactivate shop", "shop", shop.Domain, "err", err)
			http.Error(w, "internal error", http.StatusInternalServerError)
			return
		}
		w.WriteHeader(http.StatusOK)
	}
}
