package provision

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"go.uber.org/zap"
)

type Change struct {
	ID      int64
	GroupID string
	UserID  string
	Remove  bool
}

type ChangeStore interface {
	Pending(ctx context.Context, limit int) ([]Change, error)
	MarkApplied(ctx context.Context, id int64) error
}

type Okta struct {
	orgURL string
	token  string
	client *http.Client
	store  ChangeStore
	log    *zap.Logger
}

func NewOkta(orgURL, token string, store ChangeStore, log *zap.Logger) *Okta {
	return &Okta{orgURL: orgURL, token: token, store: store, log: log, client: &http.Client{Timeout: 10 * time.Second}}
}

func (o *Okta) ApplyPending(ctx context.Context) error {
	changes, err := o.store.Pending(ctx, 200)
	if err != nil {
		return fmt.Errorf("pending changes: %w", err)
	}
	for _, c := range changes {
		if err := o.apply(ctx, c); err != nil {
			return fmt.Errorf("change %d: %w", c.ID, err)
		}
		if err := o.store.MarkApplied(ctx, c.ID); err != nil {
			return err
		}
	}
	o.log.Info("group changes applied", zap.Int("count", len(changes)))
	return nil
}

func (o *Okta) apply(ctx context.Context, c Change) error {
	method := http.MethodPut
	if c.Remove {
		method = http.MethodDelete
	}
	endpoint := fmt.Sprintf("%s/api/v1/groups/%s/users/%s", o.orgURL, url.PathEscape(c.GroupID), url.PathEscape(c.UserID))
	req, err := http.NewRequestWithContext(ctx, method, endpoint, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "SSWS "+o.token)

	resp, err := o.client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
