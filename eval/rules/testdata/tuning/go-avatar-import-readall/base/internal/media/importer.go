package media

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
)

const maxImage = 8 << 20

type Bucket interface {
	Put(ctx context.Context, key, contentType string, r io.Reader, size int64) error
}

type Importer struct {
	// client comes from netutil.EgressClient: 30s timeout, public addresses only.
	client *http.Client
	bucket Bucket
}

func NewImporter(client *http.Client, bucket Bucket) *Importer {
	return &Importer{client: client, bucket: bucket}
}

func (i *Importer) Import(ctx context.Context, key, src string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, src, nil)
	if err != nil {
		return fmt.Errorf("import %s: %w", key, err)
	}
	res, err := i.client.Do(req)
	if err != nil {
		return fmt.Errorf("import %s: %w", key, err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("import %s: status %d", key, res.StatusCode)
	}

	data, err := io.ReadAll(io.LimitReader(res.Body, maxImage+1))
	if err != nil {
		return fmt.Errorf("import %s: %w", key, err)
	}
	if len(data) > maxImage {
		return fmt.Errorf("import %s: larger than %d bytes", key, maxImage)
	}
	kind := http.DetectContentType(data)
	if kind != "image/png" && kind != "image/jpeg" && kind != "image/webp" {
		return fmt.Errorf("import %s: unsupported type %s", key, kind)
	}
	return i.bucket.Put(ctx, key, kind, bytes.NewReader(data), int64(len(data)))
}
