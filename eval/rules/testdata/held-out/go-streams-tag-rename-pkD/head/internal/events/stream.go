package events

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// StreamEnded is published to partners as "stream.ended", version 1.
type StreamEnded struct {
	Version    int       `json:"version"`
	StreamID   string    `json:"stream_id"`
	ChannelID  string    `json:"channel_id"`
	EndedAt    time.Time `json:"ended_at"`
	Duration   int64     `json:"duration"`
	PeakViewer int       `json:"peak_viewers"`
}

type Publisher interface {
	Publish(ctx context.Context, topic string, key string, payload []byte) error
}

type StreamEvents struct {
	publisher Publisher
}

func NewStreamEvents(p Publisher) *StreamEvents { return &StreamEvents{publisher: p} }

func (s *StreamEvents) Ended(ctx context.Context, streamID, channelID string, startedAt, endedAt time.Time, peak int) error {
	payload, err := json.Marshal(StreamEnded{
		Version:    1,
		StreamID:   streamID,
		ChannelID:  channelID,
		EndedAt:    endedAt.UTC(),
		Duration:   endedAt.Sub(startedAt).Milliseconds(),
		PeakViewer: peak,
	})
	if err != nil {
		return fmt.Errorf("encode stream.ended: %w", err)
	}
	if err := s.publisher.Publish(ctx, "stream.ended", streamID, payload); err != nil {
		return fmt.Errorf("publish stream.ended %s: %w", streamID, err)
	}
	return nil
}
