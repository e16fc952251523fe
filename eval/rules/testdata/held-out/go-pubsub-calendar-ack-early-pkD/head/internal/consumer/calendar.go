package consumer

import (
	"context"
	"encoding/json"
	"log/slog"

	"cloud.google.com/go/pubsub"

	"example.com/rooms/internal/rooms"
)

type roomChange struct {
	RoomID     string `json:"room_id"`
	ResourceID string `json:"resource_id"`
	Sequence   int64  `json:"sequence"`
}

type Calendar struct {
	sub   *pubsub.Subscription
	rooms *rooms.Service
}

func New(client *pubsub.Client, svc *rooms.Service) *Calendar {
	sub := client.Subscription("room-changes")
	sub.ReceiveSettings.MaxOutstandingMessages = 50
	return &Calendar{sub: sub, rooms: svc}
}

func (c *Calendar) Run(ctx context.Context) error {
	return c.sub.Receive(ctx, func(ctx context.Context, msg *pubsub.Message) {
		msg.Ack()

		var change roomChange
		if err := json.Unmarshal(msg.Data, &change); err != nil {
			slog.Error("room change is malformed", "message", msg.ID, "err", err)
			return
		}
		if err := c.rooms.Apply(ctx, change.RoomID, change.ResourceID, change.Sequence); err != nil {
			slog.Error("room change failed", "message", msg.ID, "room", change.RoomID, "err", err)
			return
		}
	})
}
