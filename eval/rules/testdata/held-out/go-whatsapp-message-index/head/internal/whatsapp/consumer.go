package whatsapp

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"github.com/segmentio/kafka-go"
)

type notification struct {
	Object string `json:"object"`
	Entry  []struct {
		Changes []struct {
			Value struct {
				Messages []message `json:"messages"`
				Contacts []struct {
					WaID string `json:"wa_id"`
				} `json:"contacts"`
			} `json:"value"`
		} `json:"changes"`
	} `json:"entry"`
}

type message struct {
	ID   string `json:"id"`
	From string `json:"from"`
	Text struct {
		Body string `json:"body"`
	} `json:"text"`
}

type Inbox interface {
	// Add ignores messages that it has already.
	Add(ctx context.Context, id, from, text string) error
}

type Consumer struct {
	reader *kafka.Reader
	inbox  Inbox
	log    *slog.Logger
}

// Run reads what the webhook service has verified and put on the topic.
func (c *Consumer) Run(ctx context.Context) error {
	for {
		rec, err := c.reader.FetchMessage(ctx)
		if err != nil {
			return fmt.Errorf("whatsapp: fetch: %w", err)
		}
		var n notification
		if err := json.Unmarshal(rec.Value, &n); err != nil {
			c.log.Error("skipping malformed notification", "offset", rec.Offset, "err", err)
		} else {
			msg := n.Entry[0].Changes[0].Value.Messages[0]
			if err := c.inbox.Add(ctx, msg.ID, msg.From, msg.Text.Body); err != nil {
				return fmt.Errorf("whatsapp: add message %s: %w", msg.ID, err)
			}
		}
		if err := c.reader.CommitMessages(ctx, rec); err != nil {
			return fmt.Errorf("whatsapp: commit: %w", err)
		}
	}
}
