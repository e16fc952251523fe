package mail

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/sendgrid/sendgrid-go"
	sgmail "github.com/sendgrid/sendgrid-go/helpers/mail"
)

type Outbox interface {
	MarkSent(ctx context.Context, id int64, at time.Time) error
}

type Message struct {
	ID      int64
	To      string
	Name    string
	Subject string
	Text    string
	HTML    string
}

type SendGridSender struct {
	client *sendgrid.Client
	from   *sgmail.Email
	outbox Outbox
	log    *slog.Logger
}

func NewSendGridSender(apiKey, fromAddress string, outbox Outbox, log *slog.Logger) *SendGridSender {
	return &SendGridSender{
		client: sendgrid.NewSendClient(apiKey),
		from:   sgmail.NewEmail("Acme Billing", fromAddress),
		outbox: outbox,
		log:    log,
	}
}

func (s *SendGridSender) Send(ctx context.Context, m Message) error {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()

	email := sgmail.NewSingleEmail(s.from, m.Subject, sgmail.NewEmail(m.Name, m.To), m.Text, m.HTML)
	resp, err := s.client.SendWithContext(ctx, email)
	if err != nil {
		return fmt.Errorf("sendgrid: send mail %d: %w", m.ID, err)
	}
	s.log.Info("mail sent", "mail", m.ID, "status", resp.StatusCode)

	if err := s.outbox.MarkSent(ctx, m.ID, time.Now().UTC()); err != nil {
		return fmt.Errorf("outbox: mark mail %d as sent: %w", m.ID, err)
	}
	return nil
}
