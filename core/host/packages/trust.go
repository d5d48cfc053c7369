package packages

import (
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
