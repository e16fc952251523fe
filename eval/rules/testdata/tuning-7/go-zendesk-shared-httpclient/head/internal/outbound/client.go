package outbound

import (
	"net"
	"net/http"
	"sync"
	"time"
)

var (
	once   sync.Once
	shared *http.Client
)

// Client is the one HTTP client for calls to other companies' systems.
func Client() *http.Client {
	once.Do(func() {
		dialer := &net.Dialer{Timeout: 3 * time.Second, KeepAlive: 30 * time.Second}
		shared = &http.Client{
			Timeout: 12 * time.Second,
			Transport: &http.Transport{
				Proxy:                 http.ProxyFromEnvironment,
				DialContext:           dialer.DialContext,
				TLSHandshakeTimeout:   3 * time.Second,
				ResponseHeaderTimeout: 8 * time.Second,
				MaxIdleConnsPerHost:   8,
				IdleConnTimeout:       90 * time.Second,
				ForceAttemptHTTP2:     true,
			},
		}
	})
	return shared
}
