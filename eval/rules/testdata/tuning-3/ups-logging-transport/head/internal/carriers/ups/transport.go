package ups

import (
	"log/slog"
	"net/http"
	"time"
)

// headers that help support and carry no credentials
var loggable = []string{"Transid", "Transactionsrc", "Content-Type"}

type accessLog struct {
	next http.RoundTripper
	log  *slog.Logger
}

func (a *accessLog) RoundTrip(req *http.Request) (*http.Response, error) {
	started := time.Now()
	resp, err := a.next.RoundTrip(req)
	attrs := []any{
		slog.String("method", req.Method),
		slog.String("host", req.URL.Host),
		slog.String("path", req.URL.Path),
		slog.Duration("took", time.Since(started)),
		slog.Group("headers", pick(req.Header)...),
	}
	if err != nil {
		a.log.Error("ups call failed", append(attrs, slog.Any("err", err))...)
		return nil, err
	}
	a.log.Info("ups call", append(attrs, slog.Int("status", resp.StatusCode))...)
	return resp, nil
}

func pick(h http.Header) []any {
	var out []any
	for _, name := range loggable {
		if v := h.Get(name); v != "" {
			out = append(out, slog.String(name, v))
		}
	}
	return out
}

func NewHTTPClient(log *slog.Logger) *http.Client {
	return &http.Client{
		Timeout:   15 * time.Second,
		Transport: &accessLog{next: http.DefaultTransport, log: log},
	}
}
