package main

import (
	"context"
	"log/slog"
	"os"

	"example.com/parcels/internal/address"
	"example.com/parcels/internal/queue"
)

func main() {
	validator := address.NewValidator(os.Getenv("ADDRESS_URL"), os.Getenv("ADDRESS_KEY"))
	consumer := queue.NewConsumer(os.Getenv("AMQP_URL"), "addresses")

	err := consumer.Run(context.Background(), func(ctx context.Context, a address.Address) error {
		_, err := validator.Validate(ctx, a)
		return err
	})
	if err != nil {
		slog.Error("worker stopped", "err", err)
		os.Exit(1)
	}
}
