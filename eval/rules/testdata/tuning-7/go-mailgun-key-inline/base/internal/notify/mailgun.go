package notify

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/mailgun/mailgun-go/v4"
)

const (
	mailgunDomain = "mg.parcelbay.io"
)

type Mailgun struct {
	mg     *mailgun.MailgunImpl
	sender string
}

func NewMailgun() (*Mailgun, error) {
	key := os.Getenv("MAILGUN_API_KEY")
	if key == "" {
		return nil, fmt.Errorf("notify: MAILGUN_API_KEY is not set")
	}
	return &Mailgun{
		mg:     mailgun.NewMailgun(mailgunDomain, key),
		sender: "ParcelBay <no-reply@" + mailgunDomain + ">",
	}, nil
}

// ParcelArrived tells the customer that a parcel waits at the locker.
func (m *Mailgun) ParcelArrived(ctx context.Context, to, locker, code string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()

	msg := m.mg.NewMessage(m.sender, "Your parcel is here",
		fmt.Sprintf("Your parcel waits in locker %s. Open it with %s.", locker, code), to)
	msg.AddTag("parcel-arrived")

	_, id, err := m.mg.Send(ctx, msg)
	if err != nil {
		return "", fmt.Errorf("notify: mailgun send: %w", err)
	}
	return id, nil
}
