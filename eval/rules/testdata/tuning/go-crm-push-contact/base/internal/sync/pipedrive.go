package sync

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

type Person struct {
	ID    int64    `json:"-"`
	Name  string   `json:"name"`
	Email []string `json:"email"`
}

type PersonRepo interface {
	Pending(ctx context.Context, limit int) ([]Person, error)
	MarkSynced(ctx context.Context, id int64, at time.Time) error
}

type Pusher struct {
	base  string
	token string
	repo  PersonRepo
	hc    *http.Client
}

func NewPusher(base, token string, repo PersonRepo) *Pusher {
	return &Pusher{base: base, token: token, repo: repo, hc: &http.Client{Timeout: 15 * time.Second}}
}

// Run pushes one batch; the scheduler calls it every minute.
func (p *Pusher) Run(ctx context.Context) error {
	people, err := p.repo.Pending(ctx, 100)
	if err != nil {
		return err
	}
	for _, person := range people {
		if err := p.push(ctx, person); err != nil {
			return fmt.Errorf("push person %d: %w", person.ID, err)
		}
		if err := p.repo.MarkSynced(ctx, person.ID, time.Now().UTC()); err != nil {
			return err
		}
	}
	return nil
}

func (p *Pusher) push(ctx context.Context, person Person) error {
	buf, err := json.Marshal(person)
	if err != nil {
		return err
	}
	url := fmt.Sprintf("%s/api/v2/persons/by-external/%d", p.base, person.ID)
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, url, bytes.NewReader(buf))
	if err != nil {
		return err
	}
	req.Header.Set("x-api-token", p.token)
	req.Header.Set("Content-Type", "application/json")
	res, err := p.hc.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode/100 != 2 {
		msg, _ := io.ReadAll(io.LimitReader(res.Body, 512))
		return fmt.Errorf("pipedrive answered %d: %s", res.StatusCode, msg)
	}
	return nil

}
