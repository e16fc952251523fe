package calsync

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"google.golang.org/api/calendar/v3"
	"google.golang.org/api/googleapi"
)

type Store interface {
	SyncToken(ctx context.Context, calendarID string) (string, error)
	// ClearCalendar removes the events and the token, so that the next run reads everything.
	ClearCalendar(ctx context.Context, calendarID string) error
	// Apply writes all events and the token in one transaction.
	Apply(ctx context.Context, calendarID string, events []*calendar.Event, syncToken string) error
}

type Syncer struct {
	api   *calendar.Service
	store Store
	log   *slog.Logger
}

func (s *Syncer) Sync(ctx context.Context, calendarID string) error {
	syncToken, err := s.store.SyncToken(ctx, calendarID)
	if err != nil {
		return fmt.Errorf("calsync: read token of %s: %w", calendarID, err)
	}

	var events []*calendar.Event
	var pageToken string
	for {
		call := s.api.Events.List(calendarID).Context(ctx).MaxResults(2500).ShowDeleted(true)
		if syncToken != "" {
			call = call.SyncToken(syncToken)
		}
		if pageToken != "" {
			call = call.PageToken(pageToken)
		}
		page, err := call.Do()
		var apiErr *googleapi.Error
		if errors.As(err, &apiErr) && apiErr.Code == http.StatusGone {
			s.log.Info("sync token expired, starting over", "calendar", calendarID, "sync_token", syncToken)
			return s.store.ClearCalendar(ctx, calendarID)
		}
		if err != nil {
			return fmt.Errorf("calsync: list events of %s: %w", calendarID, err)
		}
		events = append(events, page.Items...)
		s.log.Debug("page read", "calendar", calendarID, "items", len(page.Items), "next_page_token", page.NextPageToken)
		if page.NextPageToken == "" {
			if err := s.store.Apply(ctx, calendarID, events, page.NextSyncToken); err != nil {
				return fmt.Errorf("calsync: apply %d events of %s: %w", len(events), calendarID, err)
			}
			return nil
		}
		pageToken = page.NextPageToken
	}
}
