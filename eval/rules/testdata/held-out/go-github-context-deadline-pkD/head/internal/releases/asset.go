package releases

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

const (
	downloadLimit = 200 << 20
	downloadTime  = 2 * time.Minute
)

var ErrTooLarge = errors.New("asset exceeds limit")

// DownloadAsset stores a release asset in a temporary file and returns its name.
func DownloadAsset(ctx context.Context, token, repo string, assetID int64) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, downloadTime)
	defer cancel()

	endpoint := fmt.Sprintf("https://api.github.com/repos/%s/releases/assets/%d", repo, assetID)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, endpoint, nil)
	if err != nil {
		return "", err
	}
	req.Header.Set("Accept", "application/octet-stream")
	req.Header.Set("Authorization", "Bearer "+token)

	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", fmt.Errorf("asset %d: %w", assetID, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("asset %d: status %d", assetID, resp.StatusCode)
	}

	file, err := os.CreateTemp("", "asset-*")
	if err != nil {
		return "", err
	}
	n, err := io.Copy(file, io.LimitReader(resp.Body, downloadLimit+1))
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err == nil && n > downloadLimit {
		err = ErrTooLarge
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(file.Name()))
	}
	return file.Name(), nil
}
