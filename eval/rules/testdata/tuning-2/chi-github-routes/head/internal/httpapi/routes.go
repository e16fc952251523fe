package httpapi

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

type Deps struct {
	GitHubSecret []byte
	Deliveries   *Deliveries
	Sessions     *Sessions
	Projects     *Projects
}

// Routes builds the public router.
func Routes(d Deps) http.Handler {
	r := chi.NewRouter()
	r.Use(middleware.RequestID)
	r.Use(middleware.Recoverer)
	r.Use(middleware.Timeout(20 * time.Second))

	r.Get("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})

	r.Group(func(r chi.Router) {
		r.Use(middleware.RequestSize(5 << 20))
		r.Post("/webhooks/github", d.Deliveries.Accept)
	})

	r.Route("/api", func(r chi.Router) {
		r.Use(d.Sessions.Require)
		r.Use(middleware.RequestSize(256 << 10))
		r.Get("/projects", d.Projects.List)
		r.Post("/projects", d.Projects.Create)
		r.Get("/projects/{id}/deliveries", d.Deliveries.ForProject)
	})
	return r
}
