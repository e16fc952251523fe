package intercom

import (
	"context"
	"net/http"
	"net/url"
)

type Contact struct {
	ID         string `json:"id,omitempty"`
	ExternalID string `json:"external_id"`
	Email      string `json:"email"`
	Name       string `json:"name,omitempty"`
}

// Update replaces the attributes of an existing contact.
func (c *Client) Update(ctx context.Context, id string, in Contact) (Contact, error) {
	var out Contact
	err := c.call(ctx, http.MethodPut, "/contacts/"+url.PathEscape(id), in, &out)
	return out, err
}

// Archive hides a contact; archiving twice has no further effect.
func (c *Client) Archive(ctx context.Context, id string) error {
	return c.call(ctx, http.MethodPost, "/contacts/"+url.PathEscape(id)+"/archive", nil, nil)
}
