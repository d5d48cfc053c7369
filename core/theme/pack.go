package theme

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"

	"github.com/goccy/go-yaml"

	"github.com/preau-ent/preau/core/web/assets"
	"github.com/preau-ent/preau/sdk/errors"
)

// Pack is a theme as its folder gives it, examined: nothing of it is served
// that was not checked.
type Pack struct {
	ID          string            `yaml:"id"`
	Name        string            `yaml:"name"`
	Version     string            `yaml:"version"`
	Author      string            `yaml:"author"`
	License     string            `yaml:"license"`
	Description map[string]string `yaml:"description"` // by language
	Strong      bool              `yaml:"strong"`      // every mode has the contrast of WCAG's AAA
	Logo        string            `yaml:"logo"`        // SVG shown until a school sets its own
	Styles      string            `yaml:"styles"`      // CSS
	Pictures    []string          `yaml:"pictures"`    // SVG that the styles show
	Fonts       []Font            `yaml:"fonts"`
	// Labels are the words a theme says its own way, by language and key, of
	// those in [Renameable].
	Labels map[string]map[string]string `yaml:"labels"`

	Tokens Tokens `yaml:"-"`
	// Where the folder is, for who looks after it: "" for those of the program.
	Origin string `yaml:"-"`

	css   string                  // checked, lowered, minified; its pictures under their served names
	files map[string]*assets.File // fonts, logo and pictures by their name in the folder
}

// The names in a pack's folder.
const (
	packFile   = "theme.yaml"
	tokensFile = "tokens.json"
)

// Bounds of a pack's files, in bytes.
const (
	maxYAML    = 32 << 10
	maxStyles  = 16 << 10
	maxPicture = 32 << 10
	maxFont    = 128 << 10
	maxFonts   = 6
)

var packID = regexp.MustCompile(`^[a-z][a-z0-9-]{1,31}$`)

// ReadPack reads and examines the pack in a folder. Invalid says what is wrong
// with the first part that cannot be taken; [Examine] says all.
func ReadPack(folder fs.FS) (*Pack, error) {
	e := &examination{folder: folder}
	p := e.read()
	return p, e.first
}

// parsePack reads theme.yaml, whose keys it knows all.
func parsePack(src []byte) (*Pack, error) {
	p := &Pack{}
	if err := yaml.UnmarshalWithOptions(src, p, yaml.Strict()); err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "theme.yaml")
	}
	if !packID.MatchString(p.ID) {
		return nil, errors.New(errors.Invalid, "theme.id", "id", p.ID)
	}
	if p.Name == "" || len(p.Name) > 60 {
		return nil, errors.New(errors.Invalid, "theme.name")
	}
	if len(p.Fonts) > maxFonts {
		return nil, errors.New(errors.Invalid, "theme.fonts.many", "most", maxFonts)
	}
	return p, nil
}

// load reads one file of the folder, by a name that stays in it.
func load(folder fs.FS, name string, most int64) ([]byte, error) {
	if !fs.ValidPath(name) || path.Clean(name) != name {
		return nil, errors.New(errors.Invalid, "theme.file", "file", name)
	}
	info, err := fs.Stat(folder, name)
	if err != nil || !info.Mode().IsRegular() {
		return nil, errors.Wrap(err, errors.Invalid, "theme.file", "file", name)
	}
	if info.Size() > most {
		return nil, errors.New(errors.TooLarge, "theme.large", "file", name, "most", most>>10)
	}
	src, err := fs.ReadFile(folder, name)
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "theme.file", "file", name)
	}
	return src, nil
}

// Files lists the fonts and pictures of the pack by the name under which they
// are served.
func (p *Pack) Files() []*assets.File {
	all := make([]*assets.File, 0, len(p.files))
	for _, name := range slices.Sorted(maps.Keys(p.files)) {
		all = append(all, p.files[name])
	}
	return all
}

// Says returns what the pack says of itself in a language, in French when it
// does not speak it.
func (p *Pack) Says(lang string) string {
	if s := p.Description[lang]; s != "" {
		return s
	}
	return p.Description["fr"]
}
