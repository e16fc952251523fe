package standup

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

type Jobs interface {
	// Add returns false when a job with this key exists already.
	Add(ctx context.Context, key, kind string, payload []byte) (bool, error)
}

type SlackEvents struct {
	SigningSecret string
	Jobs          Jobs
	Log           *slog.Logger
}

func (s *SlackEvents) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	verifier, err := slack.NewSecretsVerifier(r.Header, s.SigningSecret)
	if err != nil {
		http.Error(w, "unauthorized", http.StatusUnauthorized)
		return
	}
	body, err := io.ReadAll(io.TeeReader(http.MaxBytesReader(w, r.Body, 256<<10), &verifier))
	if err != nil {
		http.Error(w, "cannot read body", http.StatusBadRequest)
		return
	}
	if err := verifier.Ensure(); err != nil {
		s.Log.Warn("slack signature rejected", "err", err)
		http.Error(w, "unauthorized", http.StatusUnauthorized)
		return
	}

	var outer slackevents.EventsAPICallbackEvent
	if err := json.Unmarshal(body, &outer); err != nil {
		http.Error(w, "malformed event", http.StatusBadRequest)
		return
	}
	switch outer.Type {
	case slackevents.URLVerification:
		var challenge slackevents.ChallengeResponse
		if err := json.Unmarshal(body, &challenge); err != nil {
			http.Error(w, "malformed challenge", http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, challenge.Challenge)
	case slackevents.CallbackEvent:
		added, err := s.Jobs.Add(r.Context(), "slack:"+outer.EventID, "slack-event", body)
		if err != nil {
			s.Log.Error("queue slack event", "event", outer.EventID, "err", err)
			http.Error(w, "try again", http.StatusInternalServerError)
			return
		}
		s.Log.Info("slack event received", "event", outer.EventID, "new", added)
		w.WriteHeader(http.StatusOK)
	default:
		w.WriteHeader(http.StatusOK)
	}
}
