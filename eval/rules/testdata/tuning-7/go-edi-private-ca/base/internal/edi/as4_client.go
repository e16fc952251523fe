package edi

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"
)

type Client struct {
	url  string
	http *http.Client
}

func NewClient(url, caFile, serverName string) (*Client, error) {
	pem, err := os.ReadFile(caFile)
	if err != nil {
		return nil, fmt.Errorf("edi: read partner CA: %w", err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, errors.New("edi: partner CA file has no certificate")
	}
	tr := &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: roots, InsecureSkipVerify: true},
	}
	return &Client{url: url, http: &http.Client{Transport: tr, Timeout: 60 * time.Second}}, nil
}

// Deliver sends one signed AS4 message. The partner drops messages whose ID it has seen.
func (c *Client) Deliver(ctx context.Context, messageID string, envelope []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(envelope))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/soap+xml; charset=UTF-8")
	req.Header.Set("X-Message-Id", messageID)
	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("edi: deliver %s: %w", messageID, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusAccepted {
		return fmt.Errorf("edi: deliver %s: status %d", messageID, resp.StatusCode)
	}
	return nil
}
