package theme

import (
	"embed"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
)

//go:embed starter
var starter embed.FS

// Start makes the folder of a new pack in a folder, with this id and name: it
// passes [Examine] as it is. Conflict when there is such a folder already.
func Start(into, id, name string) (folder string, err error) {
	if !packID.MatchString(id) {
		return "", errors.New(errors.Invalid, "theme.id", "id", id)
	}
	folder = filepath.Join(into, id)
	if _, err := os.Stat(folder); err == nil {
		return "", errors.New(errors.Conflict, "theme.exists", "folder", folder)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", cannotKeep(err, folder)
	}
	own := strings.NewReplacer("id: ID", "id: "+id, "name: NAME", "name: "+name)
	return folder, fs.WalkDir(starter, "starter", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		src, err := starter.ReadFile(path)
		if err != nil {
			return errors.Internal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, e.Name()), []byte(own.Replace(string(src))), 0o644); err != nil {
			return cannotKeep(err, folder)
		}
		return nil
	})
}
