package inventory

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/xanzy/go-gitlab"
)

const maxPages = 500

var ErrTooManyPages = errors.New("inventory: gitlab returned too many pages")

type Project struct {
	ID            int
	Path          string
	DefaultBranch string
	LastActivity  time.Time
}

type GitLab struct {
	api *gitlab.Client
}

func NewGitLab(baseURL, token string) (*GitLab, error) {
	api, err := gitlab.NewClient(token,
		gitlab.WithBaseURL(baseURL),
		gitlab.WithHTTPClient(&http.Client{Timeout: 30 * time.Second}))
	if err != nil {
		return nil, fmt.Errorf("inventory: gitlab client: %w", err)
	}
	return &GitLab{api: api}, nil
}

// Projects lists all projects of the group and of its subgroups.
func (g *GitLab) Projects(ctx context.Context, group string) ([]Project, error) {
	opt := &gitlab.ListGroupProjectsOptions{
		ListOptions:      gitlab.ListOptions{PerPage: 100, Page: 1},
		IncludeSubGroups: gitlab.Ptr(true),
		Archived:         gitlab.Ptr(false),
	}
	var all []Project
	for range maxPages {
		batch, resp, err := g.api.Groups.ListGroupProjects(group, opt, gitlab.WithContext(ctx))
		if err != nil {
			return nil, fmt.Errorf("inventory: list projects of %s, page %d: %w", group, opt.Page, err)
		}
		for _, p := range batch {
			item := Project{ID: p.ID, Path: p.PathWithNamespace, DefaultBranch: p.DefaultBranch}
			if p.LastActivityAt != nil {
				item.LastActivity = *p.LastActivityAt
			}
			all = append(all, item)
		}
		if resp.NextPage == 0 {
			return all, nil
		}
		opt.Page = resp.NextPage
	}
	return nil, ErrTooManyPages
}
