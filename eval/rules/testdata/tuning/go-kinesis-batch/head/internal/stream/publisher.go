package stream

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"
)

const maxBatch = 500

type putter interface {
	PutRecords(context.Context, *kinesis.PutRecordsInput, ...func(*kinesis.Options)) (*kinesis.PutRecordsOutput, error)
}

type Publisher struct {
	api    putter
	stream string

	mu  sync.Mutex
	buf []types.PutRecordsRequestEntry
}

func NewPublisher(api putter, stream string) *Publisher {
	return &Publisher{api: api, stream: stream, buf: make([]types.PutRecordsRequestEntry, 0, maxBatch)}
}

// Publish buffers an order event and flushes when the batch is full.
func (p *Publisher) Publish(ctx context.Context, orderID string, ev any) error {
	data, err := json.Marshal(ev)
	if err != nil {
		return fmt.Errorf("stream: encode: %w", err)
	}
	p.mu.Lock()
	p.buf = append(p.buf, types.PutRecordsRequestEntry{
		Data:         data,
		PartitionKey: aws.String(orderID),
	})
	full := len(p.buf) >= maxBatch
	p.mu.Unlock()
	if full {
		return p.Flush(ctx)
	}
	return nil
}

// Flush sends everything that is buffered.
func (p *Publisher) Flush(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.buf) == 0 {
		return nil
	}
	if _, err := p.api.PutRecords(ctx, &kinesis.PutRecordsInput{
		StreamName: aws.String(p.stream),
		Records:    p.buf,
	}); err != nil {
		return fmt.Errorf("stream: put records: %w", err)
	}
	p.buf = p.buf[:0]
	return nil
}
