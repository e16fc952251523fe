package importer

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"golang.org/x/sync/errgroup"
)

const (
	maxObject = 32 << 20
	workers   = 6
)

type Sink interface {
	// Store is an upsert on key and etag.
	Store(ctx context.Context, key, etag string, data []byte) error
}

type Importer struct {
	s3     *s3.Client
	bucket string
	sink   Sink
}

func New(client *s3.Client, bucket string, sink Sink) *Importer {
	return &Importer{s3: client, bucket: bucket, sink: sink}
}

func (i *Importer) Run(ctx context.Context, prefix string) error {
	pages := s3.NewListObjectsV2Paginator(i.s3, &s3.ListObjectsV2Input{
		Bucket: aws.String(i.bucket),
		Prefix: aws.String(prefix),
	})
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)

	var total int
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			if workerErr := group.Wait(); workerErr != nil {
				return workerErr
			}
			return fmt.Errorf("list %s: %w", prefix, err)
		}
		for _, obj := range page.Contents {
			key, etag := aws.ToString(obj.Key), aws.ToString(obj.ETag)
			if aws.ToInt64(obj.Size) > maxObject {
				slog.WarnContext(ctx, "object too large, skipped", "key", key)
				continue
			}
			total++
			group.Go(func() error { return i.one(ctx, key, etag) })
		}
	}
	if err := group.Wait(); err != nil {
		return err
	}
	slog.InfoContext(ctx, "import finished", "prefix", prefix, "objects", total)
	return nil
}

func (i *Importer) one(ctx context.Context, key, etag string) error {
	out, err := i.s3.GetObject(ctx, &s3.GetObjectInput{Bucket: aws.String(i.bucket), Key: aws.String(key)})
	if err != nil {
		return fmt.Errorf("get %s: %w", key, err)
	}
	defer out.Body.Close()
	data, err := io.ReadAll(io.LimitReader(out.Body, maxObject))
	if err != nil {
		return fmt.Errorf("read %s: %w", key, err)
	}
	return i.sink.Store(ctx, key, etag, data)
}
