package profile

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/acme/people/internal/auth"
	"github.com/acme/people/internal/blob"
)

const maxAvatar = 3 << 20

var errUnsupported = errors.New("unsupported image")

type AvatarService struct {
	bucket blob.Bucket
	client *http.Client
}

func NewAvatarService(b blob.Bucket) *AvatarService {
	return &AvatarService{bucket: b, client: &http.Client{Timeout: 8 * time.Second}}
}

func (s *AvatarService) Routes(r chi.Router) {
	r.With(auth.Required).Put("/me/avatar", s.handleImport)
}

func (s *AvatarService) handleImport(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Source string `json:"source_url"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 4096)).Decode(&in); err != nil {
		http.Error(w, "invalid body", http.StatusBadRequest)
		return
	}
	if err := s.Import(r.Context(), auth.UserID(r.Context()), in.Source); err != nil {
		http.Error(w, "could not import image", http.StatusUnprocessableEntity)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// Import downloads the picture and stores it under the user's key.
func (s *AvatarService) Import(ctx context.Context, userID, source string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, source, nil)
	if err != nil {
		return err
	}
	res, err := s.client.Do(req)
	if err != nil {
		return fmt.Errorf("avatar fetch: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("avatar fetch: status %d", res.StatusCode)
	}
	kind := res.Header.Get("Content-Type")
	if !strings.HasPrefix(kind, "image/") {
		return errUnsupported
	}
	img, err := io.ReadAll(io.LimitReader(res.Body, maxAvatar+1))
	if err != nil {
		return err
	}
	if len(img) > maxAvatar {
		return errUnsupported
	}
	return s.bucket.Put(ctx, "avatars/"+userID, kind, bytes.NewReader(img))
}
