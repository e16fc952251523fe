package consent

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

const budget = 1500 * time.Millisecond

type Lookup struct {
	Endpoint string
	Token    string
}

type Status struct {
	Subject  string `json:"subject"`
	Purposes []struct {
		Name    string `json:"name"`
		Granted bool   `json:"granted"`
	} `json:"purposes"`
}

// Granted tells whether the subject agreed to the purpose. Any failure is returned
// to the caller, which treats it as not granted.
func (l *Lookup) Granted(ctx context.Context, subject, purpose string) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, budget)
	defer cancel()

	st, err := l.status(ctx, subject)
	if err != nil {
		return false, err
	}
	for _, p := range st.Purposes {
		if p.Name == purpose {
			return p.Granted, nil
		}
	}
	return false, nil
}

func (l *Lookup) status(ctx context.Context, subject string) (*Status, error) {
	u := l.Endpoint + "/v1/subjects/" + url.PathEscape(subject)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+l.Token)

	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("consent: %w", err)
	}
	defer resp.Body.Close()

	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound:
		return &Status{Subject: subject}, nil
	default:
		return nil, fmt.Errorf("consent: status %d", resp.StatusCode)
	}
	var st Status
	if err := json.NewDecoder(io.LimitReader(resp.Body, 128<<10)).Decode(&st); err != nil {
		return nil, fmt.Errorf("consent: decode: %w", err)
	}
	return &st, nil
}
