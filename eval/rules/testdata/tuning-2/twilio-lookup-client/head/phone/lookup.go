// Package phone asks Twilio Lookup whether a number can receive text messages.
package phone

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
)

const base = "https://lookups.twilio.com/v2/PhoneNumbers/"

var (
	e164 = regexp.MustCompile(`^\+[1-9]\d{6,14}$`)

	// ErrUnknown is returned for numbers that Twilio does not know.
	ErrUnknown = errors.New("phone: unknown number")
)

type Client struct {
	http       *http.Client
	accountSID string
	authToken  string
}

func NewClient(accountSID, authToken string) *Client {
	return &Client{http: &http.Client{}, accountSID: accountSID, authToken: authToken}
}

type Line struct {
	Number string
	Type   string
}

// Lookup returns the line type of a number in E.164 form.
func (c *Client) Lookup(number string) (Line, error) {
	if !e164.MatchString(number) {
		return Line{}, fmt.Errorf("phone: %q is not E.164", number)
	}
	req, err := http.NewRequest(http.MethodGet, base+url.PathEscape(number)+"?Fields=line_type_intelligence", nil)
	if err != nil {
		return Line{}, err
	}
	req.SetBasicAuth(c.accountSID, c.authToken)

	resp, err := c.http.Do(req)
	if err != nil {
		return Line{}, fmt.Errorf("phone: lookup: %w", err)
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotFound:
		return Line{}, ErrUnknown
	case resp.StatusCode != http.StatusOK:
		return Line{}, fmt.Errorf("phone: lookup answered %d", resp.StatusCode)
	}

	var out struct {
		PhoneNumber string `json:"phone_number"`
		Valid       bool   `json:"valid"`
		Line        *struct {
			Type string `json:"type"`
		} `json:"line_type_intelligence"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&out); err != nil {
		return Line{}, fmt.Errorf("phone: decode: %w", err)
	}
	if !out.Valid || out.Line == nil {
		return Line{}, ErrUnknown
	}
	return Line{Number: out.PhoneNumber, Type: out.Line.Type}, nil
}
