package geo

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

var ErrNotFound = errors.New("address not found")

type hereAnswer struct {
	Items []struct {
		Position *Position `json:"position"`
	} `json:"items"`
}

func decodePosition(resp *http.Response) (*Position, time.Duration, error) {
	if resp.StatusCode != http.StatusOK {
		return nil, -1, fmt.Errorf("status %d", resp.StatusCode)
	}
	var answer hereAnswer
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return nil, -1, fmt.Errorf("decode: %w", err)
	}
	if len(answer.Items) == 0 || answer.Items[0].Position == nil {
		return nil, -1, ErrNotFound
	}
	return answer.Items[0].Position, 0, nil
}
