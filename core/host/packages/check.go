package packages

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/pack"
)

// The files of a package beside the module's folder.
const (
	indexFile     = "index.json"
	signatureFile = "signature"
)

// Check opens a package of the store: it must be what its name says to the
// last byte, and trusted today. NotFound, Denied, Invalid with the file.
func (s *Store) Check(digest string) (Package, error) {
	place := s.place(digest)
	root, err := os.OpenRoot(place)
	if err != nil {
		return Package{}, errors.Wrap(err, errors.NotFound, "packages.gone", "package", digest)
	}
	defer root.Close()
	index, signatures, err := s.vouched(root, digest)
	if err != nil {
		return Package{}, err
	}
	trust, err := pack.ReadTrust(s.cfg.Trust)
	if err != nil {
		return Package{}, err
	}
	by, err := trust.Check(digest, signatures)
	if err != nil {
		return Package{}, err
	}
	binary, err := index.Binary(s.cfg.Platform)
	if err != nil {
		return Package{}, err
	}
	if err := whole(root, index, binary); err != nil {
		return Package{}, err
	}
	home := filepath.Join(place, string(index.ID))
	m, err := manifest.Open(home)
	if err != nil {
		return Package{}, errors.Wrap(err, errors.Invalid, "pack.manifest", "why", err.Error())
	}
	return Package{Digest: digest, Key: by, Folder: home, Manifest: m, Executable: signed(index, binary)}, nil
}

// signed is what the index says of the executable.
func signed(index *pack.Index, binary string) seal.Content {
	i := slices.IndexFunc(index.Files, func(f pack.File) bool { return f.Path == binary }) // it is among them: see Index.Binary
	return seal.Content{SHA256: index.Files[i].SHA256, Size: index.Files[i].Size}
}

// vouched reads index and signatures; the index must be the one of the name.
func (s *Store) vouched(root *os.Root, digest string) (*pack.Index, []pack.Signature, error) {
	text, err := root.ReadFile(indexFile)
	if err != nil {
		return nil, nil, errors.Wrap(err, errors.Invalid, "packages.damaged", "file", indexFile)
	}
	if pack.Digest(text) != digest {
		return nil, nil, errors.New(errors.Invalid, "packages.damaged", "file", indexFile)
	}
	index, err := pack.ParseIndex(text, pack.Usual)
	if err != nil {
		return nil, nil, err
	}
	text, err = root.ReadFile(signatureFile)
	if err != nil {
		return nil, nil, errors.Wrap(err, errors.Invalid, "packages.damaged", "file", signatureFile)
	}
	list, err := pack.ParseSignatures(text)
	return index, list, err
}

// whole wants exactly the files of the index, each as it says.
func whole(root *os.Root, index *pack.Index, binary string) error {
	want := map[string]pack.File{}
	for _, f := range index.Files {
		if name, wanted := placed(index, f, binary); wanted {
			want[name] = f
		}
	}
	err := fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || name == indexFile || name == signatureFile {
			return err
		}
		f, known := want[name]
		delete(want, name)
		if !known || !d.Type().IsRegular() || !same(root, name, f) {
			return errors.New(errors.Invalid, "packages.damaged", "file", strings.ToValidUTF8(name, "�"))
		}
		return nil
	})
	for name := range want {
		if err == nil {
			err = errors.New(errors.Invalid, "packages.damaged", "file", name)
		}
	}
	return err
}

// same reports whether a file has the bytes and the right to be run of f.
func same(root *os.Root, name string, f pack.File) bool {
	file, err := root.Open(name)
	if err != nil {
		return false
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || info.Size() != f.Size || info.Mode().Perm()&0o111 != 0 != f.Executable() || info.Mode()&0o222 != 0 {
		return false
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return false
	}
	return hex.EncodeToString(sum.Sum(nil)) == f.SHA256
}
