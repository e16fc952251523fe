package subscriptions

import (
	"context"
	"errors"
)

// ErrAlreadyStored is returned when the event id violates the unique index.
var ErrAlreadyStored = errors.New("event already stored")

// EventInbox persists events; a worker applies them to subscriptions.
type EventInbox interface {
	Insert(ctx context.Context, id, kind string, payload []byte) error
}
