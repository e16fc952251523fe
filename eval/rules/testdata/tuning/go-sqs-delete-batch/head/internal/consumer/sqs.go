package consumer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

type API interface {
	ReceiveMessage(context.Context, *sqs.ReceiveMessageInput, ...func(*sqs.Options)) (*sqs.ReceiveMessageOutput, error)
	DeleteMessageBatch(context.Context, *sqs.DeleteMessageBatchInput, ...func(*sqs.Options)) (*sqs.DeleteMessageBatchOutput, error)
}

type Handler interface {
	// Handle is idempotent per message id; the queue has a redrive policy after five receives.
	Handle(ctx context.Context, id, body string) error
}

type Consumer struct {
	api     API
	queue   string
	handler Handler
	log     *slog.Logger
}

func (c *Consumer) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := c.poll(ctx); err != nil {
			if errors.Is(err, context.Canceled) {
				return nil
			}
			c.log.Error("poll", "err", err)
			select {
			case <-ctx.Done():
			case <-time.After(5 * time.Second):
			}
		}
	}
	return nil
}

func (c *Consumer) poll(ctx context.Context) error {
	out, err := c.api.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{
		QueueUrl:            aws.String(c.queue),
		MaxNumberOfMessages: 10,
		WaitTimeSeconds:     20,
		VisibilityTimeout:   120,
	})
	if err != nil {
		return fmt.Errorf("receive: %w", err)
	}

	var done []types.DeleteMessageBatchRequestEntry
	for _, m := range out.Messages {
		hctx, cancel := context.WithTimeout(ctx, 10*time.Second)
		err := c.handler.Handle(hctx, aws.ToString(m.MessageId), aws.ToString(m.Body))
		cancel()
		if err != nil {
			// stays in the queue until its visibility timeout ends
			c.log.Warn("message not handled", "id", aws.ToString(m.MessageId), "err", err)
			continue
		}
		done = append(done, types.DeleteMessageBatchRequestEntry{Id: m.MessageId, ReceiptHandle: m.ReceiptHandle})
	}
	if len(done) == 0 {
		return nil
	}

	res, err := c.api.DeleteMessageBatch(ctx, &sqs.DeleteMessageBatchInput{QueueUrl: aws.String(c.queue), Entries: done})
	if err != nil {
		return fmt.Errorf("delete batch: %w", err)
	}
	for _, f := range res.Failed {
		c.log.Warn("message not deleted", "id", aws.ToString(f.Id), "code", aws.ToString(f.Code))
	}
	return nil
}
