package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"
)

var ErrDelivery = errors.New("telegram delivery failed")

type Telegram struct {
	token string
	chat  int64
	hc    *http.Client
	log   *slog.Logger
}

func NewTelegram(token string, chat int64, log *slog.Logger) *Telegram {
	return &Telegram{token: token, chat: chat, hc: &http.Client{Timeout: 10 * time.Second}, log: log}
}

type sendMessage struct {
	ChatID int64  `json:"chat_id"`
	Text   string `json:"text"`
}

// Send posts an alert; the Bot API takes its token as part of the path.
func (t *Telegram) Send(ctx context.Context, text string) error {
	payload, err := json.Marshal(sendMessage{ChatID: t.chat, Text: text})
	if err != nil {
		return err
	}
	endpoint := "https://api.telegram.org/bot" + t.token + "/sendMessage"
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, bytes.NewReader(payload))
	if err != nil {
		return ErrDelivery
	}
	req.Header.Set("Content-Type", "application/json")

	res, err := t.hc.Do(req)
	if err != nil {
		t.log.Error("telegram request failed", "chat", t.chat, "err", err)
		return ErrDelivery
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%w: status %d", ErrDelivery, res.StatusCode)
	}
	return nil
}
