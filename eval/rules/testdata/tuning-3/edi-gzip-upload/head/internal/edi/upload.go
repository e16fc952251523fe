package edi

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"

	"github.com/northpantry/edi/internal/partner"
	"github.com/northpantry/edi/internal/x12"
)

type Uploads struct {
	Store *DocumentStore
	Log   *slog.Logger
}

// ServeHTTP runs behind partner.RequireClientCert.
func (u *Uploads) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p, ok := partner.FromContext(r.Context())
	if !ok {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}

	raw, err := readDocument(r)
	if err != nil {
		http.Error(w, "unreadable document", http.StatusBadRequest)
		return
	}
	envelope, err := x12.Parse(bytes.NewReader(raw))
	if err != nil {
		var se *x12.SyntaxError
		if errors.As(err, &se) {
			http.Error(w, fmt.Sprintf("segment %d: %s", se.Segment, se.Reason), http.StatusUnprocessableEntity)
			return
		}
		http.Error(w, "unreadable document", http.StatusUnprocessableEntity)
		return
	}

	// unique on (partner, interchange control number)
	if err := u.Store.Put(r.Context(), p.ID, envelope.ControlNumber, raw); err != nil {
		u.Log.Error("document not stored", "partner", p.ID, "control", envelope.ControlNumber, "err", err)
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

func readDocument(r *http.Request) ([]byte, error) {
	if r.Header.Get("Content-Encoding") != "gzip" {
		return io.ReadAll(r.Body)
	}
	zr, err := gzip.NewReader(r.Body)
	if err != nil {
		return nil, err
	}
	defer zr.Close()
	return io.ReadAll(zr)
}
