package discovery

import (
	"errors"
	"net/url"
)

type Event struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Dates struct {
		Start struct {
			DateTime string `json:"dateTime"`
		} `json:"start"`
	} `json:"dates"`
}

type eventPage struct {
	Embedded struct {
		Events []Event `json:"events"`
	} `json:"_embedded"`
	Page struct {
		TotalPages int `json:"totalPages"`
	} `json:"page"`
}

// redactURL drops the URL, which holds the key, from a client error.
func redactURL(err error) error {
	var urlErr *url.Error
	if errors.As(err, &urlErr) {
		return urlErr.Err
	}
	return err
}
