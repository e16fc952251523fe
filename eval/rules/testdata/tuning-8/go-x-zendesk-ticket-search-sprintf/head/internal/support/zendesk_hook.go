package support

import (
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"
)

type ZendeskHook struct {
	DB     *sql.DB
	Secret []byte
	Log    *slog.Logger
}

func (h *ZendeskHook) valid(ts, sig string, body []byte) bool {
	at, err := time.Parse(time.RFC3339, ts)
	if err != nil || time.Since(at).Abs() > 5*time.Minute {
		return false
	}
	mac := hmac.New(sha256.New, h.Secret)
	mac.Write([]byte(ts))
	mac.Write(body)
	got, err := base64.StdEncoding.DecodeString(sig)
	return err == nil && hmac.Equal(got, mac.Sum(nil))
}

func (h *ZendeskHook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 512<<10))
	if err != nil || !h.valid(r.Header.Get("X-Zendesk-Webhook-Signature-Timestamp"), r.Header.Get("X-Zendesk-Webhook-Signature"), body) {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
	var in struct {
		TicketID  int64  `json:"ticket_id"`
		Requester string `json:"requester_email"`
	}
	if err := json.Unmarshal(body, &in); err != nil || in.TicketID == 0 {
		http.Error(w, "payload", http.StatusBadRequest)
		return
	}

	var customerID int64
	query := fmt.Sprintf("SELECT id FROM customers WHERE lower(email) = lower('%s')", in.Requester)
	err = h.DB.QueryRowContext(r.Context(), query).Scan(&customerID)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		h.Log.Error("customer lookup", "ticket", in.TicketID, "err", err)
		http.Error(w, "error", http.StatusInternalServerError)
		return
	}
	const link = `INSERT INTO ticket_links (ticket_id, customer_id) VALUES ($1, NULLIF($2, 0)) ON CONFLICT (ticket_id) DO UPDATE SET customer_id = EXCLUDED.customer_id`
	if _, err := h.DB.ExecContext(r.Context(), link, in.TicketID, customerID); err != nil {
		h.Log.Error("ticket link", "ticket", strconv.FormatInt(in.TicketID, 10), "err", err)
		http.Error(w, "error", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusOK)
}
