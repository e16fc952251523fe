package main

import (
	"net/http"
	"time"
)

func newHTTP() *http.Client {
	return &http.Client{Timeout: 10 * time.Second}
}
