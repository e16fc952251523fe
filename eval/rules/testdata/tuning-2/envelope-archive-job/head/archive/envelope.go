package archive

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/s3/manager"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

const maxDocument = 64 << 20

type Archiver struct {
	HTTP      *http.Client // built in cmd/archiver with a timeout of one minute
	Tokens    func(ctx context.Context) (string, error)
	Uploader  *manager.Uploader
	Bucket    string
	BaseURI   string
	AccountID string
	Marks     interface {
		Archived(ctx context.Context, envelopeID, key string) error
	}
}

// Archive copies the signed documents of one completed envelope to S3.
func (a *Archiver) Archive(ctx context.Context, envelopeID string) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()

	token, err := a.Tokens(ctx)
	if err != nil {
		return fmt.Errorf("archive: token: %w", err)
	}
	u := fmt.Sprintf("%s/restapi/v2.1/accounts/%s/envelopes/%s/documents/combined",
		a.BaseURI, url.PathEscape(a.AccountID), url.PathEscape(envelopeID))
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Accept", "application/pdf")

	resp, err := a.HTTP.Do(req)
	if err != nil {
		return fmt.Errorf("archive: download: %w", err)
	}
	defer resp.Body.Close()
	if resp.ContentLength > maxDocument {
		return fmt.Errorf("archive: document of %d bytes is too large", resp.ContentLength)
	}

	key := "envelopes/" + envelopeID + ".pdf"
	_, err = a.Uploader.Upload(ctx, &s3.PutObjectInput{
		Bucket:      aws.String(a.Bucket),
		Key:         aws.String(key),
		Body:        resp.Body,
		ContentType: aws.String("application/pdf"),
	})
	if err != nil {
		return fmt.Errorf("archive: upload %s: %w", envelopeID, err)
	}
	return a.Marks.Archived(ctx, envelopeID, key)
}
