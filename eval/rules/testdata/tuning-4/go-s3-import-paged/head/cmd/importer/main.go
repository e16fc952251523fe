package main

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"example.com/archive/internal/importer"
	"example.com/archive/internal/store"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Minute)
	defer cancel()
	cfg, err := config.LoadDefaultConfig(ctx,
		config.WithHTTPClient(&http.Client{Timeout: 60 * time.Second}),
		config.WithRetryMaxAttempts(5),
	)
	if err != nil {
		slog.Error("aws config", "err", err)
		os.Exit(1)
	}
	imp := importer.New(s3.NewFromConfig(cfg), os.Getenv("BUCKET"), store.Open(os.Getenv("DATABASE_URL")))
	if err := imp.Run(ctx, os.Args[1]); err != nil {
		slog.Error("import failed", "err", err)
		os.Exit(1)
	}
}
