package screening

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

var ErrCandidateRejected = errors.New("checkr rejected the candidate")

type Checkr struct {
	baseURL string
	apiKey  string
	http    *http.Client
}

func NewCheckr(baseURL, apiKey string) *Checkr {
	return &Checkr{
		baseURL: baseURL,
		apiKey:  apiKey,
		http:    &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)},
	}
}

type Invitation struct {
	ID     string `json:"id"`
	Status string `json:"status"`
	URL    string `json:"invitation_url"`
}

// Invite is called from the nightly job with context.Background().
func (c *Checkr) Invite(ctx context.Context, candidateID, pkg string) (*Invitation, error) {
	payload, err := json.Marshal(map[string]string{"candidate_id": candidateID, "package": pkg})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.baseURL+"/v1/invitations", bytes.NewReader(payload))
	if err != nil {
		return nil, err
	}
	req.SetBasicAuth(c.apiKey, "")
	req.Header.Set("Content-Type", "application/json")

	resp, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("checkr invite %s: %w", candidateID, err)
	}
	defer resp.Body.Close()

	switch {
	case resp.StatusCode == http.StatusUnprocessableEntity:
		return nil, ErrCandidateRejected
	case resp.StatusCode != http.StatusCreated:
		return nil, fmt.Errorf("checkr invite %s: status %d", candidateID, resp.StatusCode)
	}
	var inv Invitation
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&inv); err != nil {
		return nil, fmt.Errorf("checkr invite %s: %w", candidateID, err)
	}
	return &inv, nil
}
