package ups

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/acme/freight/internal/shipping"
)

const ratingURL = "https://onlinetools.ups.com/api/rating/v2403/Rate"

// Rater quotes parcels against the UPS rating API.
type Rater struct {
	tokens  TokenSource
	account string
}

func NewRater(tokens TokenSource, account string) *Rater {
	return &Rater{tokens: tokens, account: account}
}

func (r *Rater) Quote(parcel shipping.Parcel) (*shipping.Quote, error) {
	token, err := r.tokens.Token()
	if err != nil {
		return nil, fmt.Errorf("ups token: %w", err)
	}

	body, err := json.Marshal(newRateRequest(r.account, parcel))
	if err != nil {
		return nil, fmt.Errorf("encode rate request: %w", err)
	}

	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, ratingURL, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/json")

	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("ups rating: %w", err)
	}
	defer resp.Body.Close()

	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("ups rating: unexpected status %d", resp.StatusCode)
	}

	var out rateResponse
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&out); err != nil {
		return nil, fmt.Errorf("decode rate response: %w", err)
	}
	return out.toQuote()
}
