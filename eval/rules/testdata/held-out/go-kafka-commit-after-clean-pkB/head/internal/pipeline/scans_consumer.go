package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/segmentio/kafka-go"
	"go.uber.org/zap"
)

type ScanConsumer struct {
	reader    *kafka.Reader
	warehouse Warehouse
	parked    ParkingLot
	log       *zap.Logger
}

func NewScanConsumer(brokers []string, warehouse Warehouse, parked ParkingLot, log *zap.Logger) *ScanConsumer {
	return &ScanConsumer{
		reader: kafka.NewReader(kafka.ReaderConfig{
			Brokers: brokers, GroupID: "scan-warehouse", Topic: "carrier.scans", MaxBytes: 4 << 20,
		}),
		warehouse: warehouse,
		parked:    parked,
		log:       log,
	}
}

func (c *ScanConsumer) Run(ctx context.Context) error {
	defer c.reader.Close()
	for {
		msg, err := c.reader.FetchMessage(ctx)
		if err != nil {
			if errors.Is(err, context.Canceled) {
				return nil
			}
			return fmt.Errorf("fetch scan: %w", err)
		}
		if err := c.handle(ctx, msg); err != nil {
			return fmt.Errorf("partition %d offset %d: %w", msg.Partition, msg.Offset, err)
		}
		if err := c.reader.CommitMessages(ctx, msg); err != nil {
			return fmt.Errorf("commit offset %d: %w", msg.Offset, err)
		}
	}
}

func (c *ScanConsumer) handle(ctx context.Context, msg kafka.Message) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()

	var scan Scan
	if err := json.Unmarshal(msg.Value, &scan); err != nil || scan.ID == "" {
		c.log.Warn("scan parked", zap.Int64("offset", msg.Offset), zap.Error(err))
		return c.parked.Put(ctx, msg.Topic, msg.Key, msg.Value)
	}
	return c.warehouse.MergeByID(ctx, scan)
}
