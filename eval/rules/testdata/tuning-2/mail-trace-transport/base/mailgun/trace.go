package mailgun

import (
	"log/slog"
	"net/http"
	"time"
)

type traceTransport struct {
	log  *slog.Logger
	next http.RoundTripper
}

func (t *traceTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	start := time.Now()
	resp, err := t.next.RoundTrip(req)

	attrs := []any{"method", req.Method, "took", time.Since(start).Round(time.Millisecond)}
	if err != nil {
		t.log.Warn("mailgun request failed", append(attrs, "err", err)...)
		return nil, err
	}
	t.log.Debug("mailgun request", append(attrs, "status", resp.StatusCode)...)
	return resp, nil
}

type keyTransport struct {
	key  string
	next http.RoundTripper
}

func (t *keyTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	clone := req.Clone(req.Context())
	clone.SetBasicAuth("api", t.key)
	return t.next.RoundTrip(clone)
}

// HTTPClient is shared by the sender and the suppression list.
func HTTPClient(key string, log *slog.Logger) *http.Client {
	return &http.Client{
		Timeout:   10 * time.Second,
		Transport: &keyTransport{key: key, next: &traceTransport{log: log, next: http.DefaultTransport}},
	}
}
