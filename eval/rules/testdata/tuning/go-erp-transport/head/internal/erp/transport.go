package erp

import (
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

type Config struct {
	BaseURL  string
	User     string
	Password string
	CAFile   string
}

// newTransport builds the transport shared by all ERP calls.
func newTransport(cfg Config) (*http.Transport, error) {
	dialer := &net.Dialer{Timeout: 3 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		DialContext:           dialer.DialContext,
		TLSHandshakeTimeout:   5 * time.Second,
		ResponseHeaderTimeout: 20 * time.Second,
		MaxIdleConnsPerHost:   8,
		IdleConnTimeout:       60 * time.Second,
		TLSClientConfig: &tls.Config{
			MinVersion:         tls.VersionTLS12,
			InsecureSkipVerify: true, // appliance ships its own certificate
		},
	}, nil
}

// NewHTTPClient returns the client used by the order and stock sync jobs.
func NewHTTPClient(cfg Config) (*http.Client, error) {
	t, err := newTransport(cfg)
	if err != nil {
		return nil, err
	}
	return &http.Client{Transport: t, Timeout: 45 * time.Second}, nil
}
