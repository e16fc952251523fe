package tickets

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"time"
)

type HoldService struct {
	db     *sql.DB
	client *http.Client
	base   string
	token  string
}

func NewHoldService(db *sql.DB, base, token string) *HoldService {
	return &HoldService{db: db, client: &http.Client{Timeout: 10 * time.Second}, base: base, token: token}
}

// Release gives the seats of an abandoned cart back to the box office.
func (s *HoldService) Release(ctx context.Context, cartID string) error {
	var holdID int64
	err := s.db.QueryRowContext(ctx, `SELECT hold_id FROM seat_holds WHERE cart_id = $1 AND released_at IS NULL`, cartID).Scan(&holdID)
	if err != nil {
		return fmt.Errorf("hold of cart %s: %w", cartID, err)
	}

	req, err := http.NewRequestWithContext(ctx, http.MethodDelete, fmt.Sprintf("%s/v1/holds/%d", s.base, holdID), nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	resp, _ := s.client.Do(req)
	if resp != nil {
		_ = resp.Body.Close()
	}

	_, err = s.db.ExecContext(ctx, `UPDATE seat_holds SET released_at = now() WHERE hold_id = $1`, holdID)
	if err != nil {
		return fmt.Errorf("mark hold %d released: %w", holdID, err)
	}
	return nil
}
