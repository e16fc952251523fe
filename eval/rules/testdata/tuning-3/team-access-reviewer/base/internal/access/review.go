package access

import (
	"context"
	"fmt"

	"github.com/google/go-github/v66/github"
)

type Grants interface {
	ForTeam(ctx context.Context, team string) (map[string]struct{}, error)
	Revoke(ctx context.Context, team, login string) error
	Grant(ctx context.Context, team, login string) error
}

type Reviewer struct {
	gh     *github.Client
	org    string
	grants Grants
}

func NewReviewer(gh *github.Client, org string, grants Grants) *Reviewer {
	return &Reviewer{gh: gh, org: org, grants: grants}
}

// Sync makes our grants equal to the membership of the team on GitHub.
func (r *Reviewer) Sync(ctx context.Context, team string) error {
	opts := &github.TeamListTeamMembersOptions{ListOptions: github.ListOptions{PerPage: 100}}
	current := make(map[string]struct{})
	for {
		members, resp, err := r.gh.Teams.ListTeamMembersBySlug(ctx, r.org, team, opts)
		if err != nil {
			return fmt.Errorf("members of %s: %w", team, err)
		}
		for _, m := range members {
			current[m.GetLogin()] = struct{}{}
		}
		if resp.NextPage == 0 {
			break
		}
		opts.Page = resp.NextPage
	}

	granted, err := r.grants.ForTeam(ctx, team)
	if err != nil {
		return err
	}
	for login := range granted {
		if _, ok := current[login]; !ok {
			if err := r.grants.Revoke(ctx, team, login); err != nil {
				return fmt.Errorf("revoke %s: %w", login, err)
			}
		}
	}
	for login := range current {
		if _, ok := granted[login]; !ok {
			if err := r.grants.Grant(ctx, team, login); err != nil {
				return fmt.Errorf("grant %s: %w", login, err)
			}
		}
	}
	return nil
}
