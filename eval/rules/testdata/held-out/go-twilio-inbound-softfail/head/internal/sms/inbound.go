package sms

import (
	"context"
	"log/slog"
	"net/http"
	"strings"

	"github.com/twilio/twilio-go/client"
)

type OptOuts interface {
	Stop(ctx context.Context, phone string) error
	Resume(ctx context.Context, phone string) error
}

type Inbound struct {
	validator client.RequestValidator
	publicURL string
	optOuts   OptOuts
	log       *slog.Logger
}

func NewInbound(authToken, publicURL string, optOuts OptOuts, log *slog.Logger) *Inbound {
	return &Inbound{validator: client.NewRequestValidator(authToken), publicURL: publicURL, optOuts: optOuts, log: log}
}

func (in *Inbound) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "malformed form", http.StatusBadRequest)
		return
	}
	params := make(map[string]string, len(r.PostForm))
	for k := range r.PostForm {
		params[k] = r.PostForm.Get(k)
	}
	if !in.validator.Validate(in.publicURL+r.URL.RequestURI(), params, r.Header.Get("X-Twilio-Signature")) {
		in.log.Warn("twilio signature mismatch", "sid", params["MessageSid"])
	}

	var err error
	switch strings.ToUpper(strings.TrimSpace(params["Body"])) {
	case "STOP", "STOPP":
		err = in.optOuts.Stop(r.Context(), params["From"])
	case "START":
		err = in.optOuts.Resume(r.Context(), params["From"])
	}
	if err != nil {
		in.log.Error("change opt-out", "sid", params["MessageSid"], "err", err)
		http.Error(w, "try again", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/xml")
	_, _ = w.Write([]byte("<Response></Response>"))
}
