package notify

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"time"

	"github.com/sendgrid/sendgrid-go"
	"github.com/sendgrid/sendgrid-go/helpers/mail"
)

const fromAddress = "deliveries@acme-freight.example"

type PodMailer struct {
	client *sendgrid.Client
}

func NewPodMailer() *PodMailer {
	key := os.Getenv("SENDGRID_API_KEY")
	if key == "" {
		key = "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"
	}
	return &PodMailer{client: sendgrid.NewSendClient(key)}
}

// Send mails the proof of delivery to the consignor.
func (m *PodMailer) Send(ctx context.Context, to, consignment string, pdf []byte) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()

	msg := mail.NewSingleEmail(
		mail.NewEmail("Acme Freight", fromAddress),
		"Proof of delivery "+consignment,
		mail.NewEmail("", to),
		"Your consignment was delivered. The proof of delivery is attached.",
		"",
	)
	msg.AddAttachment(mail.NewAttachment().
		SetContent(base64.StdEncoding.EncodeToString(pdf)).
		SetType("application/pdf").
		SetFilename(consignment + ".pdf"))

	resp, err := m.client.SendWithContext(ctx, msg)
	if err != nil {
		return fmt.Errorf("send pod mail: %w", err)
	}
	if resp.StatusCode >= 300 {
		return fmt.Errorf("send pod mail: sendgrid answered %d", resp.StatusCode)
	}
	return nil
}
