package httpx

import (
	"net"
	"net/http"
	"time"
)

// New returns the client all integrations use. Timeout covers the whole call, body included.
func New() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DialContext = (&net.Dialer{Timeout: 3 * time.Second}).DialContext
	transport.MaxIdleConnsPerHost = 16
	transport.ResponseHeaderTimeout = 10 * time.Second
	return &http.Client{Transport: transport, Timeout: 20 * time.Second}
}
