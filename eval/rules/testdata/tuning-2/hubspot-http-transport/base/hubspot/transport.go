package hubspot

import (
	"net/http"
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

// NewHTTPClient returns the client that all calls of this package share.
func NewHTTPClient(token string) *http.Client {
	return &http.Client{
		Timeout: 15 * time.Second,
		Transport: &authTransport{
			token: token,
			next:  http.DefaultTransport,
		},
	}
}
