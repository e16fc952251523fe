package httpx

import (
	"log/slog"
	"net/http"
	"net/url"
	"time"
)

// Only these headers are logged with their value.
var plainHeaders = map[string]struct{}{
	"Accept": {}, "Content-Type": {}, "User-Agent": {}, "X-Request-Id": {},
}

// Audit logs every outgoing call of a carrier client.
type Audit struct {
	Next    http.RoundTripper
	Carrier string
	Log     *slog.Logger
}

func (a *Audit) RoundTrip(req *http.Request) (*http.Response, error) {
	start := time.Now()
	resp, err := a.Next.RoundTrip(req)

	attrs := []any{
		"carrier", a.Carrier,
		"method", req.Method,
		"url", withoutQuery(req.URL),
		"headers", headerNames(req.Header),
		"took", time.Since(start).String(),
	}
	if err != nil {
		a.Log.Warn("carrier call failed", append(attrs, "error", err)...)
		return nil, err
	}
	a.Log.Info("carrier call", append(attrs, "status", resp.StatusCode)...)
	return resp, nil
}

func withoutQuery(u *url.URL) string {
	return u.Scheme + "://" + u.Host + u.Path
}

func headerNames(h http.Header) map[string]string {
	out := make(map[string]string, len(h))
	for name := range h {
		if _, plain := plainHeaders[http.CanonicalHeaderKey(name)]; !plain {
			out[name] = "[removed]"
			continue
		}
		out[name] = h.Get(name)
	}
	return out
}

// NewClient makes the client which all carriers use.
func NewClient(carrier string, log *slog.Logger) *http.Client {
	return &http.Client{
		Timeout:   20 * time.Second,
		Transport: &Audit{Next: http.DefaultTransport, Carrier: carrier, Log: log},
	}
}
