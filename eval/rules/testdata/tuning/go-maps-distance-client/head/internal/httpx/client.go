package httpx

import (
	"net"
	"net/http"
	"time"
)

// NewClient is the only place where outgoing clients are built.
func NewClient(timeout time.Duration) *http.Client {
	return &http.Client{
		Timeout: timeout,
		Transport: &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           (&net.Dialer{Timeout: 2 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			TLSHandshakeTimeout:   3 * time.Second,
			ResponseHeaderTimeout: timeout,
			MaxIdleConnsPerHost:   10,
			IdleConnTimeout:       time.Minute,
		},
	}
}
