package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

const (
	visibility = 120 // seconds, the redrive policy of the queue allows five receives
	perMessage = 90 * time.Second
)

type Job struct {
	Object string `json:"object"`
	Width  int    `json:"width"`
}

type Loop struct {
	SQS      *sqs.Client
	QueueURL string
	// Render writes the thumbnail under a key made of object and width.
	Render func(ctx context.Context, job Job) error
}

func (l *Loop) Run(ctx context.Context) error {
	failures := 0
	for ctx.Err() == nil {
		out, err := l.SQS.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{
			QueueUrl:            aws.String(l.QueueURL),
			MaxNumberOfMessages: 1,
			WaitTimeSeconds:     20,
			VisibilityTimeout:   visibility,
		})
		if err != nil {
			if failures++; failures > 10 {
				return fmt.Errorf("worker: receive: %w", err)
			}
			select {
			case <-ctx.Done():
			case <-time.After(time.Duration(failures) * 2 * time.Second):
			}
			continue
		}
		failures = 0
		for _, m := range out.Messages {
			if err := l.handle(ctx, m); err != nil {
				slog.Error("job stays in the queue", "message", aws.ToString(m.MessageId), "err", err)
			}
		}
	}
	return nil
}

func (l *Loop) handle(ctx context.Context, m types.Message) error {
	ctx, cancel := context.WithTimeout(ctx, perMessage)
	defer cancel()

	var job Job
	if err := json.Unmarshal([]byte(aws.ToString(m.Body)), &job); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	if job.Object == "" || job.Width < 16 || job.Width > 4096 {
		return errors.New("job is out of range")
	}
	if err := l.Render(ctx, job); err != nil {
		return fmt.Errorf("render %s: %w", job.Object, err)
	}
	_, err := l.SQS.DeleteMessage(ctx, &sqs.DeleteMessageInput{
		QueueUrl:      aws.String(l.QueueURL),
		ReceiptHandle: m.ReceiptHandle,
	})
	return err
}
