package personio

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

const attendancePage = 200

type Attendance struct {
	ID         int64 `json:"id"`
	Attributes struct {
		Employee int64  `json:"employee"`
		Date     string `json:"date"`
		Start    string `json:"start_time"`
	} `json:"attributes"`
}

type Attendances struct {
	base  string
	token string
	http  http.Client
}

func NewAttendances(base, token string) *Attendances {
	return &Attendances{base: base, token: token, http: http.Client{Timeout: 30 * time.Second}}
}

func (a *Attendances) Between(ctx context.Context, from, to time.Time) ([]Attendance, error) {
	var all []Attendance
	for offset := 0; ; offset += attendancePage {
		batch, err := a.fetch(ctx, url.Values{
			"start_date": {from.Format(time.DateOnly)},
			"end_date":   {to.Format(time.DateOnly)},
			"limit":      {strconv.Itoa(attendancePage)},
			"offset":     {strconv.Itoa(offset)},
		})
		if err != nil {
			return nil, fmt.Errorf("attendances at %d: %w", offset, err)
		}
		all = append(all, batch...)
		if len(batch) < attendancePage {
			return all, nil
		}
	}
}

func (a *Attendances) fetch(ctx context.Context, q url.Values) ([]Attendance, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.base+"/v1/company/attendances?"+q.Encode(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+a.token)
	res, err := a.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", res.StatusCode)
	}
	var body struct{ Data []Attendance }
	if err := json.NewDecoder(res.Body).Decode(&body); err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	return body.Data, nil
}
