package oncall

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"

	"github.com/acme/ops/internal/slackauth"
)

type Roster interface {
	Current(ctx context.Context, team string) (string, error)
}

func Routes(mux *http.ServeMux, auth *slackauth.Guard, roster Roster, log *slog.Logger) {
	mux.Handle("POST /slack/oncall", auth.Wrap(command(roster, log)))
}

func command(roster Roster, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		team := strings.ToLower(strings.TrimSpace(r.PostFormValue("text")))
		text := "Usage: /oncall <team>"
		if team != "" {
			name, err := roster.Current(r.Context(), team)
			if err != nil {
				log.Error("roster lookup", "team", team, "err", err)
				name = "unknown, the roster is not reachable"
			}
			text = "On call: " + name
		}
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(map[string]string{"response_type": "ephemeral", "text": text}); err != nil {
			log.Warn("reply not written", "err", err)
		}
	})
}
