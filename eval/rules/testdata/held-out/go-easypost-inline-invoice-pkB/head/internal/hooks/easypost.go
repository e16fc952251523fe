package hooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"
	"go.uber.org/zap"
)

type EasyPost struct {
	secret   []byte
	events   EventLog
	invoices InvoiceService
	archive  DocumentArchive
	mailer   Mailer
	log      *zap.Logger
}

type easypostEvent struct {
	ID          string `json:"id"`
	Description string `json:"description"`
	Result      struct {
		ID           string `json:"id"`
		TrackingCode string `json:"tracking_code"`
		Status       string `json:"status"`
	} `json:"result"`
}

func (h *EasyPost) Routes(r chi.Router) {
	r.Post("/hooks/easypost", h.receive)
}

func (h *EasyPost) receive(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	mac := hmac.New(sha256.New, h.secret)
	mac.Write(raw)
	want := "hmac-sha256-hex=" + hex.EncodeToString(mac.Sum(nil))
	if !hmac.Equal([]byte(want), []byte(strings.TrimSpace(r.Header.Get("X-Hmac-Signature")))) {
		http.Error(w, "bad signature", http.StatusUnauthorized)
		return
	}
	var ev easypostEvent
	if err := json.Unmarshal(raw, &ev); err != nil || ev.ID == "" {
		http.Error(w, "bad event", http.StatusBadRequest)
		return
	}
	done, err := h.events.Processed(r.Context(), ev.ID)
	if err != nil {
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	if done || ev.Result.Status != "delivered" {
		w.WriteHeader(http.StatusOK)
		return
	}

	invoice, err := h.invoices.CreateForTracking(r.Context(), ev.Result.TrackingCode)
	if err == nil {
		err = h.archive.RenderAndUpload(r.Context(), invoice)
	}
	if err == nil {
		err = h.mailer.SendInvoice(r.Context(), invoice)
	}
	if err == nil {
		err = h.events.MarkProcessed(r.Context(), ev.ID)
	}
	if err != nil {
		h.log.Error("easypost delivered event", zap.String("event", ev.ID), zap.Error(err))
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusOK)
}
