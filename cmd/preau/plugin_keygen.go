package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/pack"
)

// The files of a key pair.
const (
	privateName = "preau.key"
	publicName  = "preau.pub"
)

func (a *app) pluginKeygen() *cobra.Command {
	out, older := ".", ""
	c := &cobra.Command{
		Use:   "keygen",
		Short: "Make the keys that packages are signed with: preau.key (keep it secret) and preau.pub",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			key, err := pack.NewKey()
			if err != nil {
				return err
			}
			public := key.Public()
			if older != "" {
				before, its, err := readPair(older)
				if err != nil {
					return err
				}
				public = before.Succeed(its, public)
			}
			private, err := key.Encode()
			if err != nil {
				return err
			}
			if err := writePair(out, private, public.Encode()); err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]string{"key": filepath.Join(out, privateName), "public": filepath.Join(out, publicName), "fingerprint": string(public.Fingerprint())})
			}
			fmt.Fprintln(a.out, a.say.T("preau.keygen.made", "key", filepath.Join(out, privateName), "public", filepath.Join(out, publicName), "fingerprint", public.Fingerprint().Short()))
			return nil
		},
	}
	c.Flags().StringVar(&out, "out", ".", "folder of the two files")
	c.Flags().StringVar(&older, "succeeds", "", "an older preau.key that vouches for the new one: whoever trusts the older then trusts the new")
	return c
}

// writePair writes both files, never over one that is there: a lost key cannot
// be had again.
func writePair(dir string, private, public []byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return errors.Wrap(err, errors.Unavailable, "pack.unwritable")
	}
	for _, name := range []string{privateName, publicName} {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return errors.New(errors.Conflict, "preau.keygen.exists", "file", filepath.Join(dir, name))
		}
	}
	if err := writeNew(filepath.Join(dir, privateName), private, 0o600); err != nil {
		return err
	}
	return writeNew(filepath.Join(dir, publicName), public, 0o644)
}

func writeNew(path string, text []byte, mode os.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return errors.Wrap(err, errors.Unavailable, "pack.unwritable")
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Wrap(err, errors.Unavailable, "pack.unwritable")
	}
	return nil
}

// readPair reads a private key and the preau.pub beside it, which knows of
// older keys; without one the key stands alone.
func readPair(path string) (*pack.PrivateKey, *pack.PublicKey, error) {
	key, err := pack.ReadPrivateKey(path)
	if err != nil {
		return nil, nil, err
	}
	beside := filepath.Join(filepath.Dir(path), publicName)
	if _, err := os.Stat(beside); err != nil {
		return key, key.Public(), nil
	}
	public, err := pack.ReadPublicKey(beside)
	if err != nil {
		return nil, nil, err
	}
	if public.Fingerprint() != key.Public().Fingerprint() { // of another pair
		public = key.Public()
	}
	return key, public, nil
}
