package directory

import (
	"context"
	"errors"
	"fmt"

	admin "google.golang.org/api/admin/directory/v1"
	"google.golang.org/api/googleapi"
)

const pageSize = 500

type User struct {
	ID        string
	Email     string
	Suspended bool
}

type Source struct {
	svc    *admin.Service
	domain string
}

func NewSource(svc *admin.Service, domain string) *Source {
	return &Source{svc: svc, domain: domain}
}

// Each calls fn for every user of the domain. The service's HTTP client has a 30s timeout.
func (s *Source) Each(ctx context.Context, fn func(User) error) error {
	token := ""
	for {
		call := s.svc.Users.List().Domain(s.domain).MaxResults(pageSize).OrderBy("email").Context(ctx)
		if token != "" {
			call = call.PageToken(token)
		}
		page, err := call.Do()
		if err != nil {
			return wrap(err)
		}
		for _, u := range page.Users {
			if err := fn(User{ID: u.Id, Email: u.PrimaryEmail, Suspended: u.Suspended}); err != nil {
				return err
			}
		}
		if page.NextPageToken == "" {
			return nil
		}
		if page.NextPageToken == token {
			return fmt.Errorf("directory: page token did not advance")
		}
		token = page.NextPageToken
	}
}

func wrap(err error) error {
	var apiErr *googleapi.Error
	if errors.As(err, &apiErr) {
		return fmt.Errorf("directory: status %d", apiErr.Code)
	}
	return fmt.Errorf("directory: %w", err)
}
