package packages

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/preau-ent/preau/sdk/errors"
)

// The modes of what is in the store.
const (
	plain      = 0o444
	executable = 0o555
	folder     = 0o555
)

// writer puts files into a folder; after a failure it does nothing more.
type writer struct {
	dir string
	err error
}

func (w *writer) write(name string, run bool, content io.Reader) error {
	if w.err == nil {
		w.err = put(filepath.Join(w.dir, name), run, content)
	}
	return w.err
}

func put(path string, run bool, content io.Reader) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	mode := fs.FileMode(plain)
	if run {
		mode = executable
	}
	_, err = io.Copy(f, content)
	if err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// seal makes the folders read-only and sees them on disk.
func (w *writer) seal() error {
	if w.err != nil {
		return w.err
	}
	return filepath.WalkDir(w.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if err := syncFolder(path); err != nil {
			return err
		}
		return os.Chmod(path, folder)
	})
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// erase removes a folder of read-only folders; none is no error.
func erase(dir string) error {
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			return os.Chmod(path, 0o700)
		}
		return err
	})
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.RemoveAll(dir)
}
