package main

import (
	"net/http"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// newHTTP honours Retry-After and backs off exponentially, five attempts at most.
func newHTTP() *http.Client {
	c := retryablehttp.NewClient()
	c.RetryMax = 4
	c.RetryWaitMax = 30 * time.Second
	c.HTTPClient.Timeout = 10 * time.Second
	return c.StandardClient()
}
