package credit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/acme/lending/internal/platform"
)

type Decision struct {
	Approved  bool   `json:"approved"`
	LimitCts  int64  `json:"limit_cents"`
	Reference string `json:"reference"`
}

type Checker struct {
	endpoint string
	token    string
	client   *http.Client
}

func NewChecker(endpoint, token string) *Checker {
	return &Checker{endpoint: endpoint, token: token, client: platform.NewServiceClient("credit-check", 6*time.Second)}
}

// Check is keyed by the application id: the bureau answers a repeated PUT with the stored decision.
func (c *Checker) Check(ctx context.Context, applicationID string, applicant json.RawMessage) (Decision, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, c.endpoint+"/decisions/"+url.PathEscape(applicationID), bytes.NewReader(applicant))
	if err != nil {
		return Decision{}, err
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("Content-Type", "application/json")

	res, err := c.client.Do(req)
	if err != nil {
		return Decision{}, fmt.Errorf("credit check: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK && res.StatusCode != http.StatusCreated {
		return Decision{}, fmt.Errorf("credit check: status %d", res.StatusCode)
	}

	var d Decision
	if err := json.NewDecoder(io.LimitReader(res.Body, 64<<10)).Decode(&d); err != nil {
		return Decision{}, fmt.Errorf("credit check: decode: %w", err)
	}
	if d.Reference == "" || d.LimitCts < 0 {
		return Decision{}, fmt.Errorf("credit check: incomplete decision")
	}
	return d, nil
}
