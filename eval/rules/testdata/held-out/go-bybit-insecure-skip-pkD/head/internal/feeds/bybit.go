package feeds

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/gorilla/websocket"
)

type Ticker struct {
	Symbol    string `json:"symbol"`
	LastPrice string `json:"lastPrice"`
}

type message struct {
	Topic string `json:"topic"`
	Data  Ticker `json:"data"`
}

func StreamBybit(ctx context.Context, symbol string, out chan<- Ticker) error {
	dialer := websocket.Dialer{
		HandshakeTimeout: 10 * time.Second,
		TLSClientConfig:  &tls.Config{InsecureSkipVerify: true},
	}
	conn, _, err := dialer.DialContext(ctx, "wss://stream.bybit.com/v5/public/spot", nil)
	if err != nil {
		return fmt.Errorf("dial bybit: %w", err)
	}
	defer conn.Close()
	conn.SetReadLimit(64 << 10)

	sub := map[string]any{"op": "subscribe", "args": []string{"tickers." + symbol}}
	if err := conn.WriteJSON(sub); err != nil {
		return fmt.Errorf("subscribe: %w", err)
	}
	for {
		if err := conn.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
			return err
		}
		_, raw, err := conn.ReadMessage()
		if err != nil {
			return fmt.Errorf("read: %w", err)
		}
		var msg message
		if err := json.Unmarshal(raw, &msg); err != nil {
			slog.Warn("bybit message skipped", "err", err)
			continue
		}
		if msg.Topic == "" {
			continue
		}
		select {
		case out <- msg.Data:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
