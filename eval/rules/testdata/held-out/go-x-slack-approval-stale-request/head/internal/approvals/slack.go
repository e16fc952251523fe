package approvals

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
)

type Approver interface {
	Approve(ctx context.Context, batchID, slackUser string) error
}

type SlackActions struct {
	signingSecret []byte
	approver      Approver
	log           *slog.Logger
}

func (s *SlackActions) verify(h http.Header, body []byte) bool {
	ts := h.Get("X-Slack-Request-Timestamp")
	if ts == "" {
		return false
	}
	mac := hmac.New(sha256.New, s.signingSecret)
	mac.Write([]byte("v0:" + ts + ":"))
	mac.Write(body)
	want := "v0=" + hex.EncodeToString(mac.Sum(nil))
	return hmac.Equal([]byte(want), []byte(h.Get("X-Slack-Signature")))
}

func (s *SlackActions) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 256<<10))
	if err != nil || !s.verify(r.Header, body) {
		http.Error(w, "invalid request", http.StatusUnauthorized)
		return
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		http.Error(w, "form", http.StatusBadRequest)
		return
	}
	var action struct {
		User    struct{ ID string } `json:"user"`
		Actions []struct {
			ActionID string `json:"action_id"`
			Value    string `json:"value"`
		} `json:"actions"`
	}
	if err := json.Unmarshal([]byte(form.Get("payload")), &action); err != nil || len(action.Actions) != 1 {
		http.Error(w, "payload", http.StatusBadRequest)
		return
	}
	if action.Actions[0].ActionID == "approve_batch" {
		if err := s.approver.Approve(r.Context(), action.Actions[0].Value, action.User.ID); err != nil {
			s.log.Error("approve failed", "batch", action.Actions[0].Value, "err", err)
			http.Error(w, "error", http.StatusInternalServerError)
			return
		}
	}
	w.WriteHeader(http.StatusOK)
}
