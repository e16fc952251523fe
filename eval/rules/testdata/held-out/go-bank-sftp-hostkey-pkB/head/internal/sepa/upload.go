package sepa

import (
	"fmt"
	"io"
	"path"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
)

type SFTPConfig struct {
	Addr       string
	User       string
	PrivateKey []byte
	InboxDir   string
}

// Uploader places pain.001 files in the bank's inbox.
type Uploader struct {
	cfg    SFTPConfig
	signer ssh.Signer
}

func NewUploader(cfg SFTPConfig) (*Uploader, error) {
	signer, err := ssh.ParsePrivateKey(cfg.PrivateKey)
	if err != nil {
		return nil, fmt.Errorf("bank sftp key: %w", err)
	}
	return &Uploader{cfg: cfg, signer: signer}, nil
}

func (u *Uploader) Upload(name string, content io.Reader) error {
	conn, err := ssh.Dial("tcp", u.cfg.Addr, &ssh.ClientConfig{
		User:            u.cfg.User,
		Auth:            []ssh.AuthMethod{ssh.PublicKeys(u.signer)},
		HostKeyCallback: ssh.InsecureIgnoreHostKey(),
		Timeout:         15 * time.Second,
	})
	if err != nil {
		return fmt.Errorf("dial bank sftp: %w", err)
	}
	defer conn.Close()

	client, err := sftp.NewClient(conn)
	if err != nil {
		return fmt.Errorf("open sftp: %w", err)
	}
	defer client.Close()

	tmp := path.Join(u.cfg.InboxDir, name+".part")
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
	return client.PosixRename(tmp, path.Join(u.cfg.InboxDir, name))
}
