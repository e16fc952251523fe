package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/planner/internal/calsync"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()

	if err := calsync.RunAll(ctx, slog.Default()); err != nil {
		slog.Error("calendar sync failed", "err", err)
		os.Exit(1)
	}
}
