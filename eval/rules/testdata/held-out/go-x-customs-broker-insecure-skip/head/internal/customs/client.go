package customs

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/xml"
	"fmt"
	"net/http"
	"time"
)

type Declaration struct {
	XMLName xml.Name `xml:"Declaration"`
	LRN     string   `xml:"LRN"`
	Type    string   `xml:"Type"`
	Office  string   `xml:"CustomsOffice"`
}

type Receipt struct {
	MRN string `xml:"MRN"`
}

type Client struct {
	endpoint string
	hc       *http.Client
}

func NewClient(endpoint string, cert tls.Certificate) *Client {
	tr := http.DefaultTransport.(*http.Transport).Clone()
	tr.TLSClientConfig = &tls.Config{
		MinVersion:         tls.VersionTLS12,
		Certificates:       []tls.Certificate{cert},
		InsecureSkipVerify: true,
	}
	return &Client{endpoint: endpoint, hc: &http.Client{Transport: tr, Timeout: 45 * time.Second}}
}

func (c *Client) Submit(ctx context.Context, d Declaration) (*Receipt, error) {
	body, err := xml.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("encode declaration %s: %w", d.LRN, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, c.endpoint+"/declarations/"+d.LRN, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/xml")
	resp, err := c.hc.Do(req)
	if err != nil {
		return nil, fmt.Errorf("submit %s: %w", d.LRN, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusAccepted {
		return nil, fmt.Errorf("submit %s: status %d", d.LRN, resp.StatusCode)
	}
	var rec Receipt
	if err := xml.NewDecoder(resp.Body).Decode(&rec); err != nil {
		return nil, fmt.Errorf("submit %s: decode: %w", d.LRN, err)
	}
	return &rec, nil
}
