package bankfiles

import (
	"fmt"
	"io"
	"net"
	"path"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
)

type Target struct {
	Host string
	Port string
	User string
	Key  ssh.Signer
	Dir  string
}

// Upload writes the pain.001 file under a temporary name and renames it, as the bank's guide asks.
func Upload(t Target, name string, content io.Reader) error {
	cfg := &ssh.ClientConfig{
		User:            t.User,
		Auth:            []ssh.AuthMethod{ssh.PublicKeys(t.Key)},
		HostKeyCallback: ssh.InsecureIgnoreHostKey(),
		Timeout:         20 * time.Second,
	}
	conn, err := ssh.Dial("tcp", net.JoinHostPort(t.Host, t.Port), cfg)
	if err != nil {
		return fmt.Errorf("connect %s: %w", t.Host, err)
	}
	defer conn.Close()

	client, err := sftp.NewClient(conn)
	if err != nil {
		return fmt.Errorf("sftp session: %w", err)
	}
	defer client.Close()

	final := path.Join(t.Dir, path.Base(name))
	tmp := final + ".part"
	f, err := client.Create(tmp)
	if err != nil {
		return fmt.Errorf("create %s: %w", tmp, err)
	}
	if _, err := io.Copy(f, content); err != nil {
		f.Close()
		return fmt.Errorf("write %s: %w", tmp, err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("close %s: %w", tmp, err)
	}
	return client.Rename(tmp, final)
}
