package erp

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
	if dump, err := httputil.DumpRequestOut(req, false); err == nil {
		t.log.Info("erp request", "raw", string(dump))
	}
	resp, err := t.next.RoundTrip(req)
	if err != nil {
		t.log.Error("erp request failed", "path", req.URL.Path, "took", time.Since(start), "err", err)
		return nil, err
	}
	t.log.Info("erp response", "path", req.URL.Path, "status", resp.StatusCode, "took", time.Since(start))
	return resp, nil
}

type authTransport struct {
	next  http.RoundTripper
	token func() (string, error)
}

func (t *authTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	token, err := t.token()
	if err != nil {
		return nil, err
	}
	authed := req.Clone(req.Context())
	authed.Header.Set("Authorization", "Bearer "+token)
	return t.next.RoundTrip(authed)
}

// NewHTTPClient is used by all ERP services.
func NewHTTPClient(token func() (string, error), log *slog.Logger) *http.Client {
	return &http.Client{
		Timeout: 30 * time.Second,
		Transport: &authTransport{
			token: token,
			next:  &loggingTransport{next: http.DefaultTransport, log: log},
		},
	}
}
