package erp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/rs/zerolog"
)

type GoodsIssueClient struct {
	http    *http.Client
	baseURL string
	user    string
	pass    string
	log     zerolog.Logger
}

func NewGoodsIssueClient(baseURL, user, pass string, log zerolog.Logger) *GoodsIssueClient {
	return &GoodsIssueClient{http: &http.Client{Timeout: 40 * time.Second}, baseURL: baseURL, user: user, pass: pass, log: log}
}

// Post books the goods issue of a delivery. The outbox removes the entry when Post returns nil.
// SAP rejects a second document with the same external reference.
func (c *GoodsIssueClient) Post(ctx context.Context, gi GoodsIssue) error {
	body, err := json.Marshal(toMaterialDocument(gi))
	if err != nil {
		return fmt.Errorf("encode goods issue %s: %w", gi.DeliveryID, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.baseURL+"/API_MATERIAL_DOCUMENT_SRV/A_MaterialDocumentHeader", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.SetBasicAuth(c.user, c.pass)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")

	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("post goods issue %s: %w", gi.DeliveryID, err)
	}
	defer resp.Body.Close()

	if resp.StatusCode >= http.StatusBadRequest {
		c.log.Error().Int("status", resp.StatusCode).Str("delivery", gi.DeliveryID).Msg("sap rejected goods issue")
	}
	return nil
}
