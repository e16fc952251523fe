package outhooks

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"syscall"
	"time"
)

var errForbidden = errors.New("outhooks: destination not allowed")

func publicOnly(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return errForbidden
	}
	ip := ap.Addr().Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || sharedRange.Contains(ip) {
		return errForbidden
	}
	return nil
}

var sharedRange = netip.MustParsePrefix("100.64.0.0/10")

// Deliverer posts events to the endpoints customers registered.
type Deliverer struct {
	hc  *http.Client
	now func() time.Time
}

func NewDeliverer() *Deliverer {
	d := &net.Dialer{Timeout: 3 * time.Second, Control: publicOnly}
	return &Deliverer{
		now: time.Now,
		hc: &http.Client{
			Timeout:   10 * time.Second,
			Transport: &http.Transport{DialContext: d.DialContext, TLSHandshakeTimeout: 3 * time.Second},
			CheckRedirect: func(*http.Request, []*http.Request) error {
				return http.ErrUseLastResponse
			},
		},
	}
}

// Deliver makes one attempt; the queue decides about repeating it.
func (d *Deliverer) Deliver(ctx context.Context, ep Endpoint, eventID string, body []byte) error {
	u, err := url.Parse(ep.URL)
	if err != nil || u.Scheme != "https" || u.User != nil {
		return errForbidden
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(body))
	if err != nil {
		return err
	}
	ts := strconv.FormatInt(d.now().Unix(), 10)
	m := hmac.New(sha256.New, ep.Secret)
	m.Write([]byte(ts + "."))
	m.Write(body)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Acme-Event", eventID)
	req.Header.Set("X-Acme-Signature", "t="+ts+",v1="+hex.EncodeToString(m.Sum(nil)))

	res, err := d.hc.Do(req)
	if err != nil {
		return fmt.Errorf("outhooks: endpoint %d: %w", ep.ID, err)
	}
	defer res.Body.Close()
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return fmt.Errorf("outhooks: endpoint %d answered %d", ep.ID, res.StatusCode)
	}
	return nil
}

type Endpoint struct {
	ID     int64
	URL    string
	Secret []byte
}
