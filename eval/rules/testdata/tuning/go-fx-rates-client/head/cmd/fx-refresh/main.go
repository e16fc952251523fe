package main

import (
	"context"
	"log"
	"net/url"
	"os"
	"time"

	"github.com/acme/treasury/internal/fx"
	"github.com/acme/treasury/internal/store"
)

func main() {
	base, err := url.Parse(os.Getenv("FX_BASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	client := fx.New(base, os.Getenv("FX_APP_TOKEN"))
	db := store.MustOpen(os.Getenv("DATABASE_URL"))
	defer db.Close()

	ctx := context.Background()
	for range time.Tick(30 * time.Minute) {
		rates, asOf, err := client.Latest(ctx)
		if err != nil {
			log.Printf("refresh: %v", err)
			continue
		}
		if err := db.SaveRates(ctx, asOf, rates); err != nil {
			log.Printf("save: %v", err)
		}
	}
}
