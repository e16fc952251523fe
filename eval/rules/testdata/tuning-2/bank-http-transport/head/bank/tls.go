package bank

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"
)

type TLSFiles struct {
	Roots       string
	Certificate string
	Key         string
}

// NewHTTPClient builds the client for the payments interface. The bank signs
// its servers with a private root, so the system roots are not used. There is
// deliberately no option to skip verification.
func NewHTTPClient(files TLSFiles) (*http.Client, error) {
	pem, err := os.ReadFile(files.Roots)
	if err != nil {
		return nil, fmt.Errorf("bank: roots: %w", err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, errors.New("bank: the bundle holds no certificate")
	}
	pair, err := tls.LoadX509KeyPair(files.Certificate, files.Key)
	if err != nil {
		return nil, fmt.Errorf("bank: key pair: %w", err)
	}

	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{
		MinVersion:   tls.VersionTLS12,
		RootCAs:      roots,
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
