package offboarding

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/google/go-github/v62/github"
)

type Directory interface {
	ActiveLogins(ctx context.Context) (map[string]bool, error)
}

type Job struct {
	org string
	gh  *github.Client
	dir Directory
	log *slog.Logger
}

func NewJob(org, token string, dir Directory, log *slog.Logger) *Job {
	hc := &http.Client{Timeout: 20 * time.Second}
	return &Job{org: org, gh: github.NewClient(hc).WithAuthToken(token), dir: dir, log: log}
}

// Run removes members of the organization that have left the company.
func (j *Job) Run(ctx context.Context) error {
	active, err := j.dir.ActiveLogins(ctx)
	if err != nil {
		return fmt.Errorf("offboarding: read directory: %w", err)
	}
	if len(active) == 0 {
		return fmt.Errorf("offboarding: directory is empty, refusing to run")
	}

	members, _, err := j.gh.Organizations.ListMembers(ctx, j.org, &github.ListMembersOptions{
		ListOptions: github.ListOptions{PerPage: 100},
	})
	if err != nil {
		return fmt.Errorf("offboarding: list members: %w", err)
	}

	for _, m := range members {
		login := strings.ToLower(m.GetLogin())
		if active[login] {
			continue
		}
		if _, err := j.gh.Organizations.RemoveMember(ctx, j.org, m.GetLogin()); err != nil {
			return fmt.Errorf("offboarding: remove %s: %w", login, err)
		}
		j.log.Info("removed from organization", "login", login)
	}
	return nil
}
