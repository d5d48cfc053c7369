package theme

import (
	"io/fs"
	"sync"

	"github.com/preau-ent/preau/core/web/assets"
	"github.com/preau-ent/preau/sdk/errors"
)

// Default is the id of the theme pack a school has until it chooses another.
const Default = "preau"

// Look is a school's own choice; the zero Look is the default theme as it is.
type Look struct {
	Pack    string `json:"pack,omitempty"`    // id of a theme pack, "" for the default
	Colour  string `json:"colour,omitempty"`  // #rrggbb, "" for the pack's own
	Density string `json:"density,omitempty"` // "" or "serree"
}

// Dense is the Density with less room around things.
const Dense = "serree"

// Sheet is a compiled stylesheet.
type Sheet struct {
	assets.File
	Path        string // address: /assets/theme-<hash>.css
	Light, Dark Palette
}

// Themes compiles and keeps the stylesheets of all schools. It is safe for
// concurrent use.
type Themes struct {
	packs  map[string]*Pack
	base   string
	mu     sync.RWMutex
	looks  map[Look]*Sheet
	byName map[string]*Sheet
}

// New reads the theme packs: folders with theme.yaml and tokens.json.
func New(packs fs.FS) (*Themes, error) {
	all, err := readPacks(packs)
	if err != nil {
		return nil, err
	}
	base, err := baseStyles(assets.CSS)
	if err != nil {
		return nil, err
	}
	return &Themes{packs: all, base: base, looks: map[Look]*Sheet{}, byName: map[string]*Sheet{}}, nil
}

// For returns the stylesheet of a look: Invalid, with the field, for a colour
// that is none, an unknown pack or density. It is compiled once.
func (t *Themes) For(look Look) (*Sheet, error) {
	t.mu.RLock()
	sheet := t.looks[look]
	t.mu.RUnlock()
	if sheet != nil {
		return sheet, nil
	}
	tokens, err := t.tokens(look)
	if err != nil {
		return nil, err
	}
	if sheet, err = compile(tokens, t.base); err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.looks[look], t.byName[sheet.Name] = sheet, sheet
	return sheet, nil
}

// Get returns a stylesheet by the name under which it is served. After a
// restart it is known once For was asked for its look.
func (t *Themes) Get(name string) (*Sheet, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	s, ok := t.byName[name]
	return s, ok
}

// Packs lists the theme packs by id.
func (t *Themes) Packs() map[string]*Pack { return t.packs }

// tokens are those of the look's pack with the school's choices put in.
func (t *Themes) tokens(look Look) (Tokens, error) {
	id := look.Pack
	if id == "" {
		id = Default
	}
	pack := t.packs[id]
	if pack == nil {
		return Tokens{}, errors.Field("pack", "theme.pack.unknown")
	}
	tokens := pack.Tokens
	if look.Colour != "" {
		c, ok := ParseColour(look.Colour)
		if !ok {
			return Tokens{}, errors.Field("colour", "theme.colour")
		}
		tokens.Brand = c
	}
	switch look.Density {
	case "":
	case Dense:
		tokens.Pad, tokens.Gap, tokens.Text = "0.8rem", "0.8rem", "1rem"
	default:
		return Tokens{}, errors.Field("density", "theme.density")
	}
	return tokens, nil
}
