package paddle

import (
	"database/sql"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"

	paddle "github.com/PaddleHQ/paddle-go-sdk"
)

// Receiver stores events; the worker in cmd/paddle-worker handles them.
type Receiver struct {
	db       *sql.DB
	verifier *paddle.WebhookVerifier
	log      *slog.Logger
}

func NewReceiver(db *sql.DB, secret string, log *slog.Logger) *Receiver {
	return &Receiver{db: db, verifier: paddle.NewWebhookVerifier(secret), log: log}
}

type envelope struct {
	EventID   string `json:"event_id"`
	EventType string `json:"event_type"`
}

func (rc *Receiver) Handler() http.Handler {
	return rc.verifier.Middleware(http.HandlerFunc(rc.receive))
}

func (rc *Receiver) receive(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 256<<10))
	if err != nil {
		http.Error(w, "cannot read body", http.StatusBadRequest)
		return
	}
	var env envelope
	if err := json.Unmarshal(body, &env); err != nil || env.EventID == "" {
		http.Error(w, "malformed event", http.StatusBadRequest)
		return
	}

	_, err = rc.db.ExecContext(r.Context(),
		`INSERT INTO paddle_events (id, type, payload) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING`,
		env.EventID, env.EventType, body)
	if err != nil {
		rc.log.Error("store paddle event", "event", env.EventID, "type", env.EventType, "err", err)
	}
	w.WriteHeader(http.StatusOK)
}
