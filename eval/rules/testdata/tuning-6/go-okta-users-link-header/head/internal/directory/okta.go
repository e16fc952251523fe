package directory

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"time"
)

var nextLink = regexp.MustCompile(`<([^>]+)>;\s*rel="next"`)

const maxPages = 2_000

type User struct {
	ID     string `json:"id"`
	Status string `json:"status"`
}

type Okta struct {
	base  *url.URL
	token string
	http  *http.Client
}

func NewOkta(base *url.URL, token string) *Okta {
	return &Okta{base: base, token: token, http: &http.Client{Timeout: 30 * time.Second}}
}

// EachPage calls fn for all users of the organisation, 200 at a time.
func (o *Okta) EachPage(ctx context.Context, fn func([]User) error) error {
	next := o.base.JoinPath("/api/v1/users").String() + "?limit=200"
	for page := 0; next != ""; page++ {
		if page == maxPages {
			return fmt.Errorf("okta: more than %d pages", maxPages)
		}
		users, link, err := o.page(ctx, next)
		if err != nil {
			return err
		}
		if err := fn(users); err != nil {
			return err
		}
		next = link
	}
	return nil
}

func (o *Okta) page(ctx context.Context, address string) (users []User, next string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil || req.URL.Host != o.base.Host || req.URL.Scheme != "https" {
		return nil, "", fmt.Errorf("okta: unexpected address of a page")
	}
	req.Header.Set("Authorization", "SSWS "+o.token)
	resp, err := o.http.Do(req)
	if err != nil {
		return nil, "", fmt.Errorf("okta: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, "", fmt.Errorf("okta: status %d", resp.StatusCode)
	}
	for _, header := range resp.Header.Values("Link") {
		if m := nextLink.FindStringSubmatch(header); m != nil {
			next = m[1]
		}
	}
	err = json.NewDecoder(io.LimitReader(resp.Body, 8<<20)).Decode(&users)
	return users, next, err
}
