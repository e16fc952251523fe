package zendesk

import (
	"context"
	"errors"
	"net/url"
)

// ErrAmbiguous is returned when an external id belongs to several users.
var ErrAmbiguous = errors.New("zendesk: more than one user")

type User struct {
	ID         int64  `json:"id"`
	Email      string `json:"email"`
	Suspended  bool   `json:"suspended"`
	ExternalID string `json:"external_id"`
}

// UserByExternalID finds the user that carries our account id, nil if there is none.
func (c *Client) UserByExternalID(ctx context.Context, externalID string) (*User, error) {
	var out struct {
		Users []User `json:"users"`
	}
	q := url.Values{"external_id": {externalID}}
	if err := c.get(ctx, "/api/v2/users/search.json", q, &out); err != nil {
		return nil, err
	}
	switch len(out.Users) {
	case 0:
		return nil, nil
	case 1:
		return &out.Users[0], nil
	default:
		return nil, ErrAmbiguous
	}
}
