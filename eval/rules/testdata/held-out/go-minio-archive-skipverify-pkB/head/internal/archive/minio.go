package archive

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

type Config struct {
	Endpoint  string
	AccessKey string
	SecretKey string
	Bucket    string
}

type Archive struct {
	client *minio.Client
	bucket string
}

func New(cfg Config) (*Archive, error) {
	transport := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		TLSClientConfig:       &tls.Config{InsecureSkipVerify: true},
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 30 * time.Second,
		MaxIdleConnsPerHost:   16,
	}
	client, err := minio.New(cfg.Endpoint, &minio.Options{
		Creds:     credentials.NewStaticV4(cfg.AccessKey, cfg.SecretKey, ""),
		Secure:    true,
		Transport: transport,
	})
	if err != nil {
		return nil, fmt.Errorf("minio client: %w", err)
	}
	return &Archive{client: client, bucket: cfg.Bucket}, nil
}

// Store writes a signed delivery receipt under the shipment's id.
func (a *Archive) Store(ctx context.Context, shipmentID string, pdf io.Reader, size int64) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()

	key := fmt.Sprintf("pod/%s.pdf", shipmentID)
	_, err := a.client.PutObject(ctx, a.bucket, key, pdf, size, minio.PutObjectOptions{ContentType: "application/pdf"})
	if err != nil {
		return fmt.Errorf("store %s: %w", key, err)
	}
	return nil
}
