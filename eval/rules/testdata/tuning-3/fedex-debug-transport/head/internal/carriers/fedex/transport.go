package fedex

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"time"

	"golang.org/x/oauth2/clientcredentials"
)

type Config struct {
	BaseURL      string
	ClientID     string
	ClientSecret string
	Account      string
}

type wireLog struct {
	next http.RoundTripper
	log  *slog.Logger
}

func (w *wireLog) RoundTrip(req *http.Request) (*http.Response, error) {
	started := time.Now()
	if out, err := httputil.DumpRequestOut(req, true); err == nil {
		w.log.Info("fedex request", "dump", string(out))
	}
	resp, err := w.next.RoundTrip(req)
	if err != nil {
		w.log.Error("fedex call failed", "err", err, "took", time.Since(started))
		return nil, err
	}
	if in, err := httputil.DumpResponse(resp, true); err == nil {
		w.log.Info("fedex response", "dump", string(in), "took", time.Since(started))
	}
	return resp, nil
}

// NewHTTPClient returns the client of the rate, label and tracking services.
func NewHTTPClient(ctx context.Context, cfg Config, log *slog.Logger) *http.Client {
	base := &http.Client{
		Timeout:   15 * time.Second,
		Transport: &wireLog{next: http.DefaultTransport, log: log},
	}
	cc := clientcredentials.Config{
		ClientID:     cfg.ClientID,
		ClientSecret: cfg.ClientSecret,
		TokenURL:     cfg.BaseURL + "/oauth/token",
	}
	return &http.Client{
		Timeout:   15 * time.Second,
		Transport: &oauthTransport{source: cc.TokenSource(withClient(ctx, base)), next: base.Transport},
	}
}
