package httpx

import (
	"net/http"
	"time"
)

// New returns the client all outbound integrations share.
func New() *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 16
	t.ResponseHeaderTimeout = 5 * time.Second
	return &http.Client{Transport: t, Timeout: 8 * time.Second}
}
