package hubspot

import (
	"log/slog"
	"net/http"
	"net/http/httputil"
	"time"
)

type authTransport struct {
	token string
	next  http.RoundTripper
}

func (t *authTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	clone := req.Clone(req.Context())
	clone.Header.Set("Authorization", "Bearer "+t.token)
	clone.Header.Set("Accept", "application/json")
	return t.next.RoundTrip(clone)
}

type loggingTransport struct {
	log  *slog.Logger
	next http.RoundTripper
}

func (t *loggingTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	start := time.Now()
	dump, err := httputil.DumpRequestOut(req, false)
	if err != nil {
		return nil, err
	}
	resp, err := t.next.RoundTrip(req)
	status := 0
	if resp != nil {
		status = resp.StatusCode
	}
	t.log.Info("hubspot call", "request", string(dump), "status", status, "took", time.Since(start))
	return resp, err
}

// NewHTTPClient returns the client that all calls of this package share.
func NewHTTPClient(token string, log *slog.Logger) *http.Client {
	return &http.Client{
		Timeout: 15 * time.Second,
		Transport: &authTransport{
			token: token,
			next:  &loggingTransport{log: log, next: http.DefaultTransport},
		},
	}
}
