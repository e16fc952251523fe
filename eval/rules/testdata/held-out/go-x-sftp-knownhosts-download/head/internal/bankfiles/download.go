package bankfiles

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

const maxStatement = 64 << 20

type Bank struct {
	Addr       string
	User       string
	Key        ssh.Signer
	KnownHosts string
}

func (b Bank) Statements(dir string) ([]string, error) {
	hostKeys, err := knownhosts.New(b.KnownHosts)
	if err != nil {
		return nil, fmt.Errorf("known hosts: %w", err)
	}
	conn, err := ssh.Dial("tcp", b.Addr, &ssh.ClientConfig{
		User:            b.User,
		Auth:            []ssh.AuthMethod{ssh.PublicKeys(b.Key)},
		HostKeyCallback: hostKeys,
		Timeout:         15 * time.Second,
	})
	if err != nil {
		return nil, fmt.Errorf("dial %s: %w", b.Addr, err)
	}
	defer conn.Close()
	c, err := sftp.NewClient(conn)
	if err != nil {
		return nil, fmt.Errorf("sftp: %w", err)
	}
	defer c.Close()

	entries, err := c.ReadDir("/outbox")
	if err != nil {
		return nil, fmt.Errorf("list outbox: %w", err)
	}
	var names []string
	for _, e := range entries {
		name := filepath.Base(e.Name())
		if e.IsDir() || !strings.HasSuffix(name, ".xml") {
			continue
		}
		if e.Size() > maxStatement {
			return names, fmt.Errorf("%s: %d bytes, more than allowed", name, e.Size())
		}
		if err := copyOne(c, path.Join("/outbox", name), filepath.Join(dir, name)); err != nil {
			return names, err
		}
		names = append(names, name)
	}
	return names, nil
}
