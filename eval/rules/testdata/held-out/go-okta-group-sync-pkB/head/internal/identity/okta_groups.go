package identity

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/okta/okta-sdk-golang/v2/okta"
)

type GroupSync struct {
	client *okta.Client
	hr     HRDirectory
	runs   RunStore
	log    *slog.Logger
}

// Run brings the members of an Okta group in line with the HR roster.
func (s *GroupSync) Run(ctx context.Context, groupID string) error {
	roster, err := s.hr.Members(ctx, groupID)
	if err != nil {
		return fmt.Errorf("roster of %s: %w", groupID, err)
	}
	if len(roster) == 0 {
		return fmt.Errorf("roster of %s is empty, not syncing", groupID)
	}
	current, err := s.allMembers(ctx, groupID)
	if err != nil {
		return err
	}

	wanted := make(map[string]bool, len(roster))
	for _, m := range roster {
		wanted[m.OktaID] = true
	}
	removed := 0
	for _, u := range current {
		if wanted[u.Id] {
			continue
		}
		s.client.Group.RemoveUserFromGroup(ctx, groupID, u.Id)
		removed++
	}
	s.log.Info("okta group synced", "group", groupID, "removed", removed)
	return s.runs.MarkDone(ctx, groupID, time.Now())
}

func (s *GroupSync) allMembers(ctx context.Context, groupID string) ([]*okta.User, error) {
	users, resp, err := s.client.Group.ListGroupUsers(ctx, groupID, nil)
	if err != nil {
		return nil, fmt.Errorf("members of %s: %w", groupID, err)
	}
	for resp.HasNextPage() {
		var page []*okta.User
		if resp, err = resp.Next(ctx, &page); err != nil {
			return nil, fmt.Errorf("members of %s: %w", groupID, err)
		}
		users = append(users, page...)
	}
	return users, nil
}
