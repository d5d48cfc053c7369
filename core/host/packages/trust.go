package packages

import (
	"bytes"
	"context"
	"os"
	"path/filepath"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/pack"
	"github.com/preau-ent/preau/sdk/store"
)

// Trust adds the key of a preau.pub to those that packages are trusted for,
// with a line in the journal. A key that is there already stays.
func (s *Store) Trust(ctx context.Context, file string) (pack.Fingerprint, error) {
	key, err := pack.ReadPublicKey(file)
	if err != nil {
		return "", err
	}
	id := key.Fingerprint()
	if err := os.MkdirAll(s.cfg.Trust, 0o700); err != nil {
		return "", unusable(err, s.cfg.Trust)
	}
	path := filepath.Join(s.cfg.Trust, id.Short()+".pub")
	e := audit.Entry{Action: audit.KeyTrusted, Object: string(id)}
	return id, s.update(ctx, e, func(store.Tx) error {
		if err := os.WriteFile(path, key.Encode(), 0o600); err != nil {
			return errors.Wrap(err, errors.Unavailable, "packages.folder", "folder", s.cfg.Trust)
		}
		return nil
	})
}

// Revoke takes trust back: from the key of a preau.pub, or from one package (a
// .preau), with a line in the journal. What it returns is how the file
// "revoked" names it. Modules that are running are the caller's to stop.
func (s *Store) Revoke(ctx context.Context, file string) (string, error) {
	line, err := revocation(file)
	if err != nil {
		return "", err
	}
	path := filepath.Join(s.cfg.Trust, pack.RevokedName)
	before, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		before, err = nil, os.MkdirAll(s.cfg.Trust, 0o700)
	}
	if err != nil {
		return "", unusable(err, s.cfg.Trust)
	}
	if len(before) > 0 && before[len(before)-1] != '\n' { // written by hand
		before = append(before, '\n')
	}
	e := audit.Entry{Action: audit.TrustRevoked, Object: line}
	return line, s.update(ctx, e, func(store.Tx) error {
		if err := replace(path, append(before, line+"\n"...)); err != nil {
			return unusable(err, s.cfg.Trust)
		}
		return nil
	})
}

// revocation is the line that takes trust back from what a file holds.
func revocation(file string) (string, error) {
	key, err := pack.ReadPublicKey(file)
	if err == nil {
		return "key " + string(key.Fingerprint()), nil
	}
	p, other := pack.Open(file)
	if other != nil {
		return "", err
	}
	defer p.Close()
	return "package " + p.Digest, nil
}

// replace writes a file beside its place and moves it there: it is never half
// written, which would take trust from everybody.
func replace(path string, text []byte) error {
	fresh := path + ".new"
	if err := put(fresh, false, bytes.NewReader(text)); err != nil {
		return err
	}
	if err := os.Rename(fresh, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}
