package hubspot

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/time/rate"
)

type CompanyAPI struct {
	token   string
	client  *http.Client
	limiter *rate.Limiter
}

func NewCompanyAPI(token string) *CompanyAPI {
	return &CompanyAPI{token, &http.Client{Timeout: 12 * time.Second}, rate.NewLimiter(rate.Every(120*time.Millisecond), 5)}
}

func (a *CompanyAPI) SetOwner(ctx context.Context, companyID, ownerID int64) error {
	body, err := json.Marshal(map[string]any{"properties": map[string]string{"hubspot_owner_id": strconv.FormatInt(ownerID, 10)}})
	if err != nil {
		return err
	}
	for try := 1; ; try++ {
		wait, err := a.patch(ctx, companyID, body)
		if err == nil || wait < 0 || try == 4 {
			return err
		}
		select {
		case <-time.After(max(wait, time.Duration(try)*time.Second)):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// patch returns how long to wait before another try, negative when there should be none.
func (a *CompanyAPI) patch(ctx context.Context, id int64, body []byte) (time.Duration, error) {
	if err := a.limiter.Wait(ctx); err != nil {
		return -1, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPatch, fmt.Sprintf("https://api.hubapi.com/crm/v3/objects/companies/%d", id), bytes.NewReader(body))
	if err != nil {
		return -1, err
	}
	req.Header.Set("Authorization", "Bearer "+a.token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := a.client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("company %d: %w", id, err)
	}
	defer resp.Body.Close()
	err = fmt.Errorf("company %d: status %d", id, resp.StatusCode)
	switch {
	case resp.StatusCode == http.StatusOK:
		return 0, nil
	case resp.StatusCode == http.StatusTooManyRequests:
		s, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return time.Duration(s) * time.Second, err
	case resp.StatusCode >= 500:
		return 0, err
	}
	return -1, err
}
