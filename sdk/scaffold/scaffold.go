package scaffold

import (
	"cmp"
	"embed"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// Plan says what the new module has. It always has a first page, which the menu
// leads to.
type Plan struct {
	ID       string // also the name of folder, executable and address
	Module   string // Go module path; empty: example.org/<ID>
	SDK      string // checkout of Préau that go.mod points to
	Widget   bool   // something for the home page
	Store    bool   // data of each school, with a form that adds to it
	Settings bool   // something a school may set
}

// Title is the id as people read it: "Petits mots".
func (p Plan) Title() string {
	words := strings.ReplaceAll(p.ID, "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

// Protocol is the one the module speaks: today's.
func (Plan) Protocol() int { return wire.Protocol }

//go:embed template
var templates embed.FS

// optional names the files that only some modules have.
var optional = map[string]func(Plan) bool{
	"widget.go":   func(p Plan) bool { return p.Widget },
	"notes.go":    func(p Plan) bool { return p.Store },
	"settings.go": func(p Plan) bool { return p.Settings },
}

// Write makes the folder. Invalid for a bad name, Conflict when the folder is
// there already; after any other error nothing is left of it.
func Write(folder string, p Plan) (err error) {
	if err := Name(p.ID); err != nil {
		return err
	}
	p.Module = cmp.Or(p.Module, "example.org/"+p.ID)
	needs, err := require(p.SDK)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		return errors.Wrap(err, errors.Unavailable, "scaffold.folder", "folder", folder)
	}
	switch err := os.Mkdir(folder, 0o755); {
	case os.IsExist(err):
		return errors.Wrap(err, errors.Conflict, "scaffold.exists", "folder", folder)
	case err != nil:
		return errors.Wrap(err, errors.Unavailable, "scaffold.folder", "folder", folder)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(folder))
		}
	}()
	if err := p.fill(folder); err != nil {
		return errors.Wrap(err, errors.Unavailable, "scaffold.folder", "folder", folder)
	}
	return needs.write(folder, p.Module)
}

// Name refuses what cannot be the id of a module, with the rule in words.
func Name(id string) error {
	if !manifest.GoodID(id) {
		return errors.New(errors.Invalid, "scaffold.name", "name", id)
	}
	if manifest.Reserved(id) {
		return errors.New(errors.Invalid, "scaffold.reserved", "name", id)
	}
	return nil
}

// fill writes every file that the module has.
func (p Plan) fill(folder string) error {
	return fs.WalkDir(templates, "template", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		target := strings.TrimSuffix(strings.TrimPrefix(name, "template/"), ".tmpl")
		if wanted := optional[target]; wanted != nil && !wanted(p) {
			return nil
		}
		if target == "gitignore" {
			target = ".gitignore" // go:embed leaves out files with a dot
		}
		text, err := p.render(name)
		if err != nil {
			return err
		}
		file := filepath.Join(folder, filepath.FromSlash(target))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		return os.WriteFile(file, text, 0o644)
	})
}

// render fills one template in; its marks are [[ ]], for catalogues use {{ }}.
func (p Plan) render(name string) ([]byte, error) {
	t, err := template.New(path.Base(name)).Delims("[[", "]]").ParseFS(templates, name)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	if err := t.Execute(&b, p); err != nil {
		return nil, err
	}
	return []byte(b.String()), nil
}
