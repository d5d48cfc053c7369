package theme

import (
	"io/fs"
	"os"
	"path/filepath"

	"github.com/preau-ent/preau/sdk/errors"
)

// Folder is where a data folder keeps installed packs, a folder each.
const Folder = "themes"

// Install examines the pack of a folder and puts a copy of what it names into
// the data folder, in the place of an earlier one with its id. A server that
// runs takes note when a school next chooses. Invalid when the pack did not
// pass; Conflict when the id is one of the program's own packs.
func Install(src fs.FS, data string, own fs.FS) (*Pack, error) {
	r := Examine(src)
	if !r.Passed() {
		return nil, errors.New(errors.Invalid, "theme.refused", "n", len(r.Findings))
	}
	p := r.Pack
	if _, err := fs.Stat(own, p.ID); err == nil {
		return nil, errors.New(errors.Conflict, "theme.taken", "id", p.ID)
	}
	shelf := filepath.Join(data, Folder)
	if err := os.MkdirAll(shelf, 0o700); err != nil {
		return nil, cannotKeep(err, shelf)
	}
	fresh, err := os.MkdirTemp(shelf, ".new-")
	if err != nil {
		return nil, cannotKeep(err, shelf)
	}
	defer os.RemoveAll(fresh)
	for _, name := range p.names() {
		if err := copyFile(src, name, filepath.Join(fresh, filepath.FromSlash(name))); err != nil {
			return nil, cannotKeep(err, shelf)
		}
	}
	if _, err := readPackDir(fresh); err != nil { // changed under our hands
		return nil, err
	}
	final := filepath.Join(shelf, p.ID)
	if err := os.RemoveAll(final); err != nil {
		return nil, cannotKeep(err, shelf)
	}
	if err := os.Rename(fresh, final); err != nil {
		return nil, cannotKeep(err, shelf)
	}
	return p, nil
}

func cannotKeep(err error, folder string) error {
	return errors.Wrap(err, errors.Unavailable, "theme.folder", "folder", folder)
}

func readPackDir(folder string) (*Pack, error) { return ReadPack(os.DirFS(folder)) }

// names lists the files that the pack is made of.
func (p *Pack) names() []string {
	names := []string{packFile, tokensFile}
	for _, one := range append([]string{p.Styles, p.Logo}, p.Pictures...) {
		if one != "" {
			names = append(names, one)
		}
	}
	for _, f := range p.Fonts {
		names = append(names, f.File)
	}
	return names
}

func copyFile(src fs.FS, name, to string) error {
	body, err := fs.ReadFile(src, name)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	return os.WriteFile(to, body, 0o600)
}
