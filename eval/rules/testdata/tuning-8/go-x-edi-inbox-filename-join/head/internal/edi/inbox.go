package edi

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"

	"github.com/go-chi/chi/v5"
)

const maxDocument = 20 << 20

type Inbox struct {
	root     string
	partners PartnerAuth
	log      *slog.Logger
}

func NewInbox(root string, partners PartnerAuth, log *slog.Logger) *Inbox {
	return &Inbox{root: root, partners: partners, log: log}
}

func (i *Inbox) Mount(r chi.Router) {
	r.With(i.partners.RequireClientCert).Put("/edi/documents", i.put)
}

func (i *Inbox) put(w http.ResponseWriter, r *http.Request) {
	partner := i.partners.FromContext(r.Context())
	name := r.Header.Get("X-Document-Name")
	if name == "" {
		http.Error(w, "X-Document-Name missing", http.StatusBadRequest)
		return
	}

	target := filepath.Join(i.root, partner.ID, name)
	f, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
	if errors.Is(err, os.ErrExist) {
		http.Error(w, "document exists", http.StatusConflict)
		return
	}
	if err != nil {
		i.log.Error("open edi document", "partner", partner.ID, "err", err)
		http.Error(w, "storage", http.StatusInternalServerError)
		return
	}
	_, err = io.Copy(f, http.MaxBytesReader(w, r.Body, maxDocument))
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		os.Remove(target)
		i.log.Error("write edi document", "partner", partner.ID, "err", err)
		http.Error(w, "not stored", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Location", fmt.Sprintf("/edi/documents/%s", filepath.Base(target)))
	w.WriteHeader(http.StatusCreated)
}
