package bank

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"time"
)

type TLSFiles struct {
	Certificate string
	Key         string
}

// NewHTTPClient builds the client for the payments interface.
func NewHTTPClient(files TLSFiles) (*http.Client, error) {
	pair, err := tls.LoadX509KeyPair(files.Certificate, files.Key)
	if err != nil {
		return nil, fmt.Errorf("bank: key pair: %w", err)
	}

	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{
		MinVersion:   tls.VersionTLS12,
		Certificates: []tls.Certificate{pair},
	}
	transport.Proxy = nil
	return &http.Client{
		Transport: transport,
		Timeout:   25 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}, nil
}
