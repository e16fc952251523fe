package flags

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

const maxFlags = 16 << 20

type Exporter struct {
	Project string
	Token   string
	Dir     string
	// Client is built by httpx.NewClient, with a timeout.
	Client *http.Client
}

func (e *Exporter) Export(ctx context.Context) (err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://app.launchdarkly.com/api/v2/flags/"+e.Project+"?summary=false", nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", e.Token)
	req.Header.Set("LD-API-Version", "20240415")

	resp, err := e.Client.Do(req)
	if err != nil {
		return fmt.Errorf("flag export: %w", err)
	}
	defer func() {
		// drained so that the connection can be used again
		_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
		_ = resp.Body.Close()
	}()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("flag export: status %d", resp.StatusCode)
	}

	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxFlags+1))
	if err != nil {
		return fmt.Errorf("flag export: %w", err)
	}
	if len(raw) > maxFlags || !json.Valid(raw) {
		return fmt.Errorf("flag export: unusable body of %d bytes", len(raw))
	}

	tmp, err := os.CreateTemp(e.Dir, "flags-*.json")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	if _, err := tmp.Write(raw); err != nil {
		_ = tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), filepath.Join(e.Dir, "flags.json"))
}
