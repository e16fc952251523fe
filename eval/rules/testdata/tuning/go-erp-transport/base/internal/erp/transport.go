package erp

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"os"
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
	pem, err := os.ReadFile(cfg.CAFile)
	if err != nil {
		return nil, fmt.Errorf("erp: read CA: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("erp: no certificates in %s", cfg.CAFile)
	}
	dialer := &net.Dialer{Timeout: 3 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		DialContext:           dialer.DialContext,
		TLSHandshakeTimeout:   5 * time.Second,
		ResponseHeaderTimeout: 20 * time.Second,
		MaxIdleConnsPerHost:   8,
		IdleConnTimeout:       60 * time.Second,
		TLSClientConfig: &tls.Config{
			MinVersion: tls.VersionTLS12,
			RootCAs:    pool,

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
