package export

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

type Ticket struct {
	ID        int64     `json:"id"`
	Subject   string    `json:"subject"`
	Status    string    `json:"status"`
	UpdatedAt time.Time `json:"updated_at"`
}

type ticketPage struct {
	Tickets []Ticket `json:"tickets"`
	Meta    struct {
		HasMore     bool   `json:"has_more"`
		AfterCursor string `json:"after_cursor"`
	} `json:"meta"`
}

type Exporter struct {
	subdomain string
	email     string
	token     string
	http      *http.Client
}

func NewExporter(subdomain, email, token string) *Exporter {
	return &Exporter{
		subdomain: subdomain,
		email:     email,
		token:     token,
		http:      &http.Client{Timeout: 30 * time.Second},
	}
}

// WriteCSV writes all tickets of the account to w.
func (e *Exporter) WriteCSV(ctx context.Context, w io.Writer) error {
	tickets, err := e.fetchTickets(ctx)
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	for _, t := range tickets {
		rec := []string{strconv.FormatInt(t.ID, 10), t.Subject, t.Status, t.UpdatedAt.UTC().Format(time.RFC3339)}
		if err := out.Write(rec); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (e *Exporter) fetchTickets(ctx context.Context) ([]Ticket, error) {
	u := fmt.Sprintf("https://%s.zendesk.com/api/v2/tickets.json?page[size]=100", e.subdomain)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return nil, err
	}
	req.SetBasicAuth(e.email+"/token", e.token)
	res, err := e.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("zendesk: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("zendesk: status %d", res.StatusCode)
	}
	var page ticketPage
	if err := json.NewDecoder(io.LimitReader(res.Body, 8<<20)).Decode(&page); err != nil {
		return nil, fmt.Errorf("zendesk: decode: %w", err)
	}
	return page.Tickets, nil
}
