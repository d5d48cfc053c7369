package pack

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Build writes the package of a folder that has the shape of one, see the
// package's documentation, unsigned. Anything that a reader would refuse is
// refused here; so is a link.
func Build(folder string, out io.Writer) (*Index, error) {
	m, err := manifest.Open(folder)
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "pack.manifest", "why", err.Error())
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, errors.Wrap(err, errors.NotFound, "pack.nofile", "file", folder)
	}
	defer root.Close()
	i := &Index{Format: formatVersion, ID: m.ID, Version: m.Version, Protocol: m.SDK}
	if i.Files, err = list(root); err != nil {
		return nil, err
	}
	text, err := i.encode()
	if err != nil {
		return nil, errors.Internal(err)
	}
	if _, err := ParseIndex(text, Usual); err != nil {
		return nil, err
	}
	if err := writeEntry(out, indexName, text); err != nil {
		return nil, err
	}
	return i, writeFiles(root, i, out)
}

// list names every file of a folder with its digest, sorted.
func list(root *os.Root) ([]File, error) {
	var files []File
	err := fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !d.Type().IsRegular() {
			return errors.New(errors.Invalid, "pack.file.irregular", "file", quoted(name))
		}
		f := File{Path: name, Mode: modeOf(isBinary(name))}
		if path.Ext(name) == ".json" {
			if err := checkWords(root, name); err != nil {
				return err
			}
		}
		if f.Size, f.SHA256, err = measure(root, name); err != nil {
			return err
		}
		files = append(files, f)
		return nil
	})
	slices.SortFunc(files, func(a, b File) int { // by bytes: a folder's order is not quite that
		switch {
		case a.Path < b.Path:
			return -1
		case a.Path > b.Path:
			return 1
		}
		return 0
	})
	return files, err
}

// checkWords wants a catalogue of words to be JSON.
func checkWords(root *os.Root, name string) error {
	text, err := root.ReadFile(filepath.FromSlash(name))
	if err != nil {
		return errors.Wrap(err, errors.Invalid, "pack.nofile", "file", name)
	}
	if language.MatchString(name) && !json.Valid(text) {
		return errors.New(errors.Invalid, "pack.words", "file", name)
	}
	return nil
}

func measure(root *os.Root, name string) (int64, string, error) {
	f, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return 0, "", errors.Wrap(err, errors.Invalid, "pack.nofile", "file", name)
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	if err != nil {
		return 0, "", errors.Wrap(err, errors.Invalid, "pack.nofile", "file", name)
	}
	return n, hex.EncodeToString(sum.Sum(nil)), nil
}

// writeFiles makes the frame of the files. A file that changed since it was
// listed is an error.
func writeFiles(root *os.Root, i *Index, out io.Writer) error {
	z, err := compress(out)
	if err != nil {
		return err
	}
	t := tar.NewWriter(z)
	for _, f := range i.Files {
		if err := writeFile(root, f, t); err != nil {
			return err
		}
	}
	return unwritable(errors.Join(t.Close(), z.Close()))
}

func writeFile(root *os.Root, f File, t *tar.Writer) error {
	if err := t.WriteHeader(header(f.Path, f.Mode, f.Size)); err != nil {
		return errors.Wrap(err, errors.Invalid, "pack.path.characters", "file", f.Path)
	}
	r, err := root.Open(filepath.FromSlash(f.Path))
	if err != nil {
		return errors.Wrap(err, errors.Invalid, "pack.nofile", "file", f.Path)
	}
	defer r.Close()
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(t, sum), r); err != nil {
		return unwritable(err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != f.SHA256 {
		return errors.New(errors.Conflict, "pack.file.content", "file", f.Path)
	}
	return nil
}
