package erp

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func newTestClient(t *testing.T, h http.HandlerFunc) *Client {
	t.Helper()
	srv := httptest.NewTLSServer(h)
	t.Cleanup(srv.Close)
	hc := &http.Client{
		Timeout: 2 * time.Second,
		Transport: &http.Transport{
			TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
		},
	}
	return NewClient(srv.URL, "tester", "test-password", hc)
}

func TestOrderIsReadBack(t *testing.T) {
	c := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/orders/4711" {
			t.Errorf("unexpected path %s", r.URL.Path)
		}
		user, pass, _ := r.BasicAuth()
		if user != "tester" || pass != "test-password" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"id": "4711", "net": "19.90"})
	})

	o, err := c.Order(context.Background(), "4711")
	if err != nil {
		t.Fatal(err)
	}
	if o.Net.String() != "19.90" {
		t.Fatalf("net = %s", o.Net)
	}
}

func TestMissingOrderIsReported(t *testing.T) {
	c := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
	})
	if _, err := c.Order(context.Background(), "1"); err != ErrNotFound {
		t.Fatalf("err = %v", err)
	}
}
