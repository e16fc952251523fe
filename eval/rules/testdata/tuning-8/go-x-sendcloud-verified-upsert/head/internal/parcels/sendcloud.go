package parcels

import (
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"time"
)

const upsertStatus = `
INSERT INTO parcel_status (parcel_id, status_id, message, changed_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (parcel_id) DO UPDATE
SET status_id = EXCLUDED.status_id, message = EXCLUDED.message, changed_at = EXCLUDED.changed_at
WHERE parcel_status.changed_at < EXCLUDED.changed_at`

type Sendcloud struct {
	secret []byte
	db     *sql.DB
	log    *slog.Logger
}

func (s *Sendcloud) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 512<<10))
	if err != nil {
		http.Error(w, "body", http.StatusRequestEntityTooLarge)
		return
	}
	if !s.signed(raw, r.Header.Get("Sendcloud-Signature")) {
		http.Error(w, "signature", http.StatusUnauthorized)
		return
	}

	var msg struct {
		Action    string `json:"action"`
		Timestamp int64  `json:"timestamp"`
		Parcel    struct {
			ID     int64 `json:"id"`
			Status struct {
				ID      int    `json:"id"`
				Message string `json:"message"`
			} `json:"status"`
		} `json:"parcel"`
	}
	if err := json.Unmarshal(raw, &msg); err != nil {
		http.Error(w, "json", http.StatusBadRequest)
		return
	}
	if msg.Action == "parcel_status_changed" && msg.Parcel.ID > 0 {
		p := msg.Parcel
		if _, err := s.db.ExecContext(r.Context(), upsertStatus, p.ID, p.Status.ID, p.Status.Message, time.UnixMilli(msg.Timestamp)); err != nil {
			s.log.Error("parcel status", "parcel", p.ID, "err", err)
			http.Error(w, "retry", http.StatusInternalServerError)
			return
		}
	}
	w.WriteHeader(http.StatusOK)
}

func (s *Sendcloud) signed(raw []byte, header string) bool {
	m := hmac.New(sha256.New, s.secret)
	m.Write(raw)
	given, err := hex.DecodeString(header)
	return err == nil && hmac.Equal(m.Sum(nil), given)
}
