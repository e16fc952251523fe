package bankfiles

import (
	"fmt"
	"io"
	"os"

	"github.com/pkg/sftp"
)

func copyOne(c *sftp.Client, from, to string) error {
	src, err := c.Open(from)
	if err != nil {
		return fmt.Errorf("open %s: %w", from, err)
	}
	defer src.Close()
	dst, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(dst, src); err != nil {
		dst.Close()
		return err
	}
	return dst.Close()
}
