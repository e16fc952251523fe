package ups

import (
	"log/slog"
	"net/http"
	"net/http/httputil"
	"time"
)

type loggingTransport struct {
	next http.RoundTripper
	log  *slog.Logger
}

func (t *loggingTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	start := time.Now()
	if dump, err := httputil.DumpRequestOut(req, true); err == nil {
		t.log.Info("ups request", "dump", string(dump))
	}
	resp, err := t.next.RoundTrip(req)
	if err != nil {
		t.log.Warn("ups call failed", "path", req.URL.Path, "took", time.Since(start), "err", err)
		return nil, err
	}
	t.log.Info("ups call", "path", req.URL.Path, "status", resp.StatusCode, "took", time.Since(start))
	return resp, nil
}

// NewHTTPClient returns the client of all UPS calls, the token exchange included.
func NewHTTPClient(log *slog.Logger) *http.Client {
	return &http.Client{
		Transport: &loggingTransport{next: http.DefaultTransport, log: log},
		Timeout:   12 * time.Second,
	}
}
