package access

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"
)

// Accounts holds the accounts of our own registry.
type Accounts interface {
	CloseAllExcept(ctx context.Context, usernames []string) (closed int, err error)
}

type GitLab struct {
	base  string
	token string
	http  *http.Client
}

type member struct {
	Username string `json:"username"`
	State    string `json:"state"`
}

func NewGitLab(base, token string) *GitLab {
	return &GitLab{base: base, token: token, http: &http.Client{Timeout: 20 * time.Second}}
}

// Revoke closes the accounts of everybody who has left the group. It runs every hour.
func (c *GitLab) Revoke(ctx context.Context, groupID int64, accounts Accounts) error {
	members, err := c.members(ctx, groupID)
	if err != nil {
		return err
	}
	var active []string
	for _, m := range members {
		if m.State == "active" {
			active = append(active, m.Username)
		}
	}
	if len(active) == 0 {
		return fmt.Errorf("group %d has no active members", groupID)
	}
	closed, err := accounts.CloseAllExcept(ctx, active)
	if err != nil {
		return fmt.Errorf("close accounts: %w", err)
	}
	slog.InfoContext(ctx, "accounts checked", "group", groupID, "active", len(active), "closed", closed)
	return nil
}

func (c *GitLab) members(ctx context.Context, groupID int64) ([]member, error) {
	endpoint := fmt.Sprintf("%s/api/v4/groups/%d/members/all?per_page=100", c.base, groupID)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, endpoint, nil)
	if err != nil {
		return nil, fmt.Errorf("build request: %w", err)
	}
	req.Header.Set("PRIVATE-TOKEN", c.token)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("load members: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("load members: status %d", resp.StatusCode)
	}
	var out []member
	err = json.NewDecoder(io.LimitReader(resp.Body, 4<<20)).Decode(&out)
	return out, err
}
