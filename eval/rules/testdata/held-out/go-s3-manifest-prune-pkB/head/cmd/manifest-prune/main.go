package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

const retention = 90 * 24 * time.Hour

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Minute)
	defer cancel()

	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		slog.Error("load aws config", "error", err)
		os.Exit(1)
	}
	deleted, err := prune(ctx, s3.NewFromConfig(cfg), os.Getenv("MANIFEST_BUCKET"), time.Now().Add(-retention))
	if err != nil {
		slog.Error("prune manifests", "error", err)
		os.Exit(1)
	}
	slog.Info("pruned manifests", "deleted", deleted)
}

// prune removes every end-of-day manifest older than cutoff.
func prune(ctx context.Context, client *s3.Client, bucket string, cutoff time.Time) (int, error) {
	out, err := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{
		Bucket: aws.String(bucket),
		Prefix: aws.String("manifests/"),
	})
	if err != nil {
		return 0, fmt.Errorf("list manifests: %w", err)
	}

	deleted := 0
	for _, obj := range out.Contents {
		if obj.LastModified == nil || obj.LastModified.After(cutoff) {
			continue
		}
		_, err := client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: aws.String(bucket), Key: obj.Key})
		if err != nil {
			return deleted, fmt.Errorf("delete %s: %w", aws.ToString(obj.Key), err)
		}
		deleted++
	}
	return deleted, nil
}
