package pack

import (
	"io"
	"os"
	"path/filepath"
)

// BuildFile writes the package of a folder to a file, whole or not at all, and
// returns its index and digest. The file's folder is made when missing.
func BuildFile(folder, path string) (i *Index, digest string, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, "", unwritable(err)
	}
	var failed error
	err = replace(path, func(w io.Writer) error {
		i, failed = Build(folder, w)
		return failed
	})
	if failed != nil {
		return nil, "", failed
	}
	if err != nil {
		return nil, "", unwritable(err)
	}
	text, err := i.encode()
	return i, Digest(text), err
}
