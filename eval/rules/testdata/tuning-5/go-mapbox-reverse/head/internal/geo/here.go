package geo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/acme/stays/internal/platform/httpx"
)

var ErrNoAddress = errors.New("geo: no address at this point")

type Here struct {
	base  string
	token func(context.Context) (string, error)
	http  *http.Client
}

func NewHere(base string, token func(context.Context) (string, error)) *Here {
	return &Here{base: base, token: token, http: httpx.New()}
}

type revgeocode struct {
	Items []struct {
		Address struct {
			Label       string `json:"label"`
			CountryCode string `json:"countryCode"`
		} `json:"address"`
	} `json:"items"`
}

// Address returns the label of the place nearest to the point.
func (h *Here) Address(ctx context.Context, lat, lng float64) (string, error) {
	tok, err := h.token(ctx)
	if err != nil {
		return "", fmt.Errorf("geo: here token: %w", err)
	}
	q := url.Values{"at": {fmt.Sprintf("%.6f,%.6f", lat, lng)}, "limit": {"1"}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, h.base+"/v1/revgeocode?"+q.Encode(), nil)
	if err != nil {
		return "", err
	}
	req.Header.Set("Authorization", "Bearer "+tok)

	resp, err := h.http.Do(req)
	if err != nil {
		return "", fmt.Errorf("geo: here: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("geo: here answered %d", resp.StatusCode)
	}
	var out revgeocode
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&out); err != nil {
		return "", fmt.Errorf("geo: here body: %w", err)
	}
	if len(out.Items) == 0 || out.Items[0].Address.Label == "" {
		return "", ErrNoAddress
	}
	return out.Items[0].Address.Label, nil
}
