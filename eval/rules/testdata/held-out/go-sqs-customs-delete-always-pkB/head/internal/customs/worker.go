package customs

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

type Worker struct {
	sqs      *sqs.Client
	queueURL string
	customs  DeclarationService
	log      *slog.Logger
}

func (w *Worker) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		out, err := w.sqs.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{
			QueueUrl:            aws.String(w.queueURL),
			MaxNumberOfMessages: 10,
			WaitTimeSeconds:     20,
			VisibilityTimeout:   120,
		})
		if err != nil {
			w.log.Error("receive customs messages", "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(5 * time.Second):
			}
			continue
		}
		for _, m := range out.Messages {
			w.handle(ctx, m)
		}
	}
	return ctx.Err()
}

func (w *Worker) handle(ctx context.Context, m types.Message) {
	var d Declaration
	if err := json.Unmarshal([]byte(aws.ToString(m.Body)), &d); err != nil {
		w.log.Error("customs message is not JSON, left for the dead letter queue", "id", aws.ToString(m.MessageId), "error", err)
		return
	}
	// Submit is keyed by the MRN and safe to repeat.
	if err := w.customs.Submit(ctx, d); err != nil {
		w.log.Error("submit declaration", "mrn", d.MRN, "error", err)
	}
	_, err := w.sqs.DeleteMessage(ctx, &sqs.DeleteMessageInput{
		QueueUrl:      aws.String(w.queueURL),
		ReceiptHandle: m.ReceiptHandle,
	})
	if err != nil {
		w.log.Error("delete customs message", "mrn", d.MRN, "error", err)
	}
}
