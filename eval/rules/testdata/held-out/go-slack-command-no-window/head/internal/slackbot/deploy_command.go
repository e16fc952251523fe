package slackbot

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
)

type Deployer interface {
	Queue(ctx context.Context, service, user string) (string, error)
}

func DeployCommand(d Deployer, log *slog.Logger) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			http.Error(w, "malformed form", http.StatusBadRequest)
			return
		}
		service := strings.TrimSpace(r.PostForm.Get("text"))
		text := "Usage: /deploy <service>"
		if service != "" {
			id, err := d.Queue(r.Context(), service, r.PostForm.Get("user_id"))
			if err != nil {
				log.Error("queue deployment", "service", service, "err", err)
				text = "The deployment could not be queued."
			} else {
				text = "Queued as " + id
			}
		}
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(map[string]string{"text": text}); err != nil {
			log.Warn("answer slash command", "err", err)
		}
	}
}
