package api

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

func (s *Server) Router() http.Handler {
	r := chi.NewRouter()
	r.Use(middleware.RequestID, middleware.Recoverer)

	r.Get("/healthz", s.health)
	r.Route("/hooks/pagerduty", func(r chi.Router) {
		r.Use(middleware.RequestSize(512 << 10))
		r.Use(PagerDutySignature(s.cfg.PagerDutySecrets))
		r.Post("/incidents", s.incidentChanged)
	})
	return r
}
