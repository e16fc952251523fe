package bankgw

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

type Gateway struct {
	endpoint string
	http     *http.Client
}

// New loads the client certificate that the bank has issued to us.
func New(endpoint, certFile, keyFile string) (*Gateway, error) {
	cert, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return nil, fmt.Errorf("bankgw: load client certificate: %w", err)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{
		Certificates: []tls.Certificate{cert},
		MinVersion:   tls.VersionTLS12,
	}
	return &Gateway{
		endpoint: endpoint,
		http:     &http.Client{Transport: transport, Timeout: 30 * time.Second},
	}, nil
}

// Submit hands over one pain.001 file; the message ID makes it idempotent at the bank.
func (g *Gateway) Submit(ctx context.Context, messageID string, pain001 []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, g.endpoint+"/orders/"+url.PathEscape(messageID), bytes.NewReader(pain001))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/xml")
	resp, err := g.http.Do(req)
	if err != nil {
		return fmt.Errorf("bankgw: submit %s: %w", messageID, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusAccepted {
		detail, _ := io.ReadAll(io.LimitReader(resp.Body, 2048))
		return fmt.Errorf("bankgw: submit %s: status %d: %s", messageID, resp.StatusCode, detail)
	}
	return nil
}
