package crm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

const hubspotBase = "https://api.hubapi.com"

var ErrContactNotFound = errors.New("hubspot: contact not found")

type Contact struct {
	ID         string `json:"id"`
	Properties struct {
		Email     string `json:"email"`
		LifeCycle string `json:"lifecyclestage"`
	} `json:"properties"`
}

type HubSpot struct {
	accessToken string
}

func NewHubSpot(accessToken string) *HubSpot {
	return &HubSpot{accessToken: accessToken}
}

// ContactByEmail is called by the checkout to show the loyalty banner.
func (h *HubSpot) ContactByEmail(email string) (*Contact, error) {
	u := fmt.Sprintf("%s/crm/v3/objects/contacts/%s?idProperty=email&properties=email,lifecyclestage",
		hubspotBase, url.PathEscape(email))
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, u, nil)
	if err != nil {
		return nil, fmt.Errorf("hubspot: build request: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+h.accessToken)

	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("hubspot: get contact: %w", err)
	}
	defer resp.Body.Close()

	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound:
		return nil, ErrContactNotFound
	default:
		return nil, fmt.Errorf("hubspot: unexpected status %d", resp.StatusCode)
	}

	var c Contact
	if err := json.NewDecoder(resp.Body).Decode(&c); err != nil {
		return nil, fmt.Errorf("hubspot: decode contact: %w", err)
	}
	return &c, nil
}
