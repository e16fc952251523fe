package payments

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)


type Gateway struct {
	baseURL string
	apiKey  string
	http    *http.Client
}

func NewGateway(baseURL, apiKey string) *Gateway {
	return &Gateway{baseURL: baseURL, apiKey: apiKey, http: &http.Client{Timeout: 12 * time.Second}}
}

type captureRequest struct {
	MerchantAccount string `json:"merchantAccount"`
	Amount          struct {
		Currency string `json:"currency"`
		Value    int64  `json:"value"`
	} `json:"amount"`
	Reference string `json:"reference"`
}

// Capture captures an authorised payment and returns the PSP reference.
func (g *Gateway) Capture(ctx context.Context, pspRef string, in captureRequest) (string, error) {
	payload, err := json.Marshal(in)
	if err != nil {
		return "", err
	}
	url := g.baseURL + "/v71/payments/" + pspRef + "/captures"

	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(payload))
	if err != nil {
		return "", err
	}
	req.Header.Set("X-API-Key", g.apiKey)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", in.Reference)

	ref, _, err := g.send(req)
	return ref, err
}

func (g *Gateway) send(req *http.Request) (ref string, retry bool, err error) {
	res, err := g.http.Do(req)
	if err != nil {
		return "", true, err
	}
	defer res.Body.Close()
	if res.StatusCode >= 500 {
		return "", true, fmt.Errorf("gateway status %d", res.StatusCode)
	}
	if res.StatusCode != http.StatusCreated {
		return "", false, fmt.Errorf("gateway status %d", res.StatusCode)
	}
	var out struct {
		PspReference string `json:"pspReference"`
	}
	err = json.NewDecoder(io.LimitReader(res.Body, 64<<10)).Decode(&out)
	return out.PspReference, false, err
}
