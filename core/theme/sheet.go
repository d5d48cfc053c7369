package theme

import (
	"io/fs"

	"github.com/preau-ent/preau/core/web/assets"
)

// Look is a school's own choice; the zero Look is the default theme as it is.
type Look struct {
	Pack    string `json:"pack,omitempty"`    // id of a theme pack, "" for the default
	Colour  string `json:"colour,omitempty"`  // #rrggbb, "" for the pack's own
	Density string `json:"density,omitempty"` // "" or "serree"
}

// Sheet is a compiled stylesheet.
type Sheet struct {
	assets.File
	Path string // address: /assets/theme-<hash>.css
}

// Themes compiles and keeps the stylesheets of all schools. It is safe for
// concurrent use.
type Themes struct{}

// New reads the theme packs: folders with theme.yaml and tokens.json.
func New(packs fs.FS) (*Themes, error) { return &Themes{}, nil }

// For returns the stylesheet of a look: Invalid for a colour that is none or an
// unknown pack. It is compiled once.
func (t *Themes) For(look Look) (*Sheet, error) { return nil, nil }

// Get returns a stylesheet by the name under which it is served. After a
// restart it is known once For was asked for its look.
func (t *Themes) Get(name string) (*Sheet, bool) { return nil, false }
