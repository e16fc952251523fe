package edi

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"

	"github.com/google/uuid"
)

const limit = 16 << 20

type Index interface {
	Add(ctx context.Context, id uuid.UUID, partner int64, originalName string, size int64) error
}

type Store struct {
	dir   string
	index Index
	who   func(*http.Request) (int64, bool)
	log   *slog.Logger
}

func (s *Store) Put(w http.ResponseWriter, r *http.Request) {
	partner, ok := s.who(r)
	if !ok {
		http.Error(w, "unauthorized", http.StatusUnauthorized)
		return
	}
	id := uuid.New()
	size, err := s.write(filepath.Join(s.dir, id.String()+".edi"), http.MaxBytesReader(w, r.Body, limit))
	if err != nil {
		s.log.Error("document not written", "partner", partner, "err", err)
		http.Error(w, "not stored", http.StatusInternalServerError)
		return
	}
	if err := s.index.Add(r.Context(), id, partner, r.Header.Get("X-Document-Name"), size); err != nil {
		os.Remove(filepath.Join(s.dir, id.String()+".edi"))
		s.log.Error("document not indexed", "partner", partner, "err", err)
		http.Error(w, "not stored", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Location", "/documents/"+id.String())
	w.WriteHeader(http.StatusCreated)
}

func (s *Store) write(name string, src io.Reader) (n int64, err error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, fmt.Errorf("open: %w", err)
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			os.Remove(name)
		}
	}()
	return io.Copy(f, src)
}
