package ach

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const maxFile = 64 << 20

var ErrTooLarge = errors.New("ach return file too large")

type Fetcher struct {
	http  *http.Client
	url   string
	token string
}

func NewFetcher(url, token string) *Fetcher {
	return &Fetcher{http: &http.Client{Timeout: 5 * time.Minute}, url: url, token: token}
}

// Each calls fn for every return entry of the day's file.
func (f *Fetcher) Each(ctx context.Context, day time.Time, fn func(Return) error) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.url+"/returns/"+day.Format(time.DateOnly), nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+f.token)
	resp, err := f.http.Do(req)
	if err != nil {
		return fmt.Errorf("fetch returns: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("fetch returns: status %d", resp.StatusCode)
	}

	limited := &io.LimitedReader{R: resp.Body, N: maxFile + 1}
	lines := bufio.NewScanner(limited)
	for lines.Scan() {
		line := lines.Text()
		if !strings.HasPrefix(line, "6") {
			continue
		}
		if len(line) < 94 {
			return fmt.Errorf("entry record of %d characters", len(line))
		}
		cents, err := strconv.ParseInt(line[29:39], 10, 64)
		if err != nil {
			return fmt.Errorf("amount %q: %w", line[29:39], err)
		}
		if err := fn(Return{Trace: strings.TrimSpace(line[79:94]), Cents: cents}); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read returns: %w", err)
	}
	if limited.N <= 0 {
		return ErrTooLarge
	}
	return nil
}
