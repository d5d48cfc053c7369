package theme

import (
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"github.com/preau-ent/preau/core/web/assets"
	"github.com/preau-ent/preau/sdk/errors"
)

// Default is the id of the theme pack a school has until it chooses another.
const Default = "preau"

// Look is a school's own choice; the zero Look is the default theme as it is.
type Look struct {
	Pack    string `json:"pack,omitempty"`    // id of a theme pack, "" for the default
	Colour  string `json:"colour,omitempty"`  // #rrggbb, "" for the pack's own
	Density string `json:"density,omitempty"` // one of Densities
}

// Sheet is a compiled stylesheet.
type Sheet struct {
	assets.File
	Path        string // address: /assets/theme-<hash>.css
	Logo        string // address of the pack's logo, "" when it has none
	Light, Dark Palette
}

// Themes compiles and keeps the stylesheets of all schools. It is safe for
// concurrent use.
type Themes struct {
	base   base
	shelf  *shelf
	now    func() time.Time
	looked atomic.Int64 // when the shelf was looked at last, in nanoseconds

	mu     sync.RWMutex
	turn   int // counts the changes of the shelf
	looks  map[Look]*Sheet
	tried  []*Sheet // previews, the oldest first
	byName map[string]*assets.File
}

// maxTried is how many previews are kept: those of one person at work.
const maxTried = 24

// glances is how long a pack may be installed before it is worn by who asks for
// one of the same name.
const glances = 5 * time.Second

// New reads the theme packs of folders of packs. Those of the first must be
// sound, the default among them; further ones (packs that an operator
// installed) are looked at again when they change, and what cannot be used of
// them is left aside.
func New(packs ...fs.FS) (*Themes, error) {
	shelf, err := newShelf(packs)
	if err != nil {
		return nil, err
	}
	base, err := readBase(assets.CSS)
	if err != nil {
		return nil, err
	}
	t := &Themes{base: base, shelf: shelf, now: time.Now, looks: map[Look]*Sheet{}, byName: map[string]*assets.File{}}
	t.serve()
	return t, nil
}

// For returns the stylesheet of a look: Invalid, with the field, for a colour
// that is none, an unknown pack or density. It is compiled once, and again when
// its pack was installed anew.
func (t *Themes) For(look Look) (*Sheet, error) {
	t.glance()
	t.mu.RLock()
	sheet, turn := t.looks[look], t.turn
	t.mu.RUnlock()
	if sheet != nil {
		return sheet, nil
	}
	sheet, err := t.compile(look)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.byName[sheet.Name] = &sheet.File; t.turn == turn { // else it may be of a pack that is gone
		t.looks[look] = sheet
	}
	return sheet, nil
}

// Worn is For for a page that must be drawn whatever was chosen: what a look
// asks for in vain (a pack that was taken away) is left out.
func (t *Themes) Worn(look Look) *Sheet {
	for _, l := range []Look{look, {Colour: look.Colour, Density: look.Density}, {}} {
		if sheet, err := t.For(l); err == nil {
			return sheet
		}
	}
	return &Sheet{}
}

// Try is For for a look that somebody only tries: the stylesheet is served for
// a while, and not kept.
func (t *Themes) Try(look Look) (*Sheet, error) {
	sheet, err := t.compile(look)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.byName[sheet.Name] != nil {
		return sheet, nil
	}
	if t.tried = append(t.tried, sheet); len(t.tried) > maxTried {
		delete(t.byName, t.tried[0].Name)
		t.tried = t.tried[1:]
	}
	t.byName[sheet.Name] = &sheet.File
	return sheet, nil
}

// Get returns a stylesheet, font or picture by the name under which it is
// served. After a restart a stylesheet is known once For was asked for its look.
func (t *Themes) Get(name string) (*assets.File, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	f, ok := t.byName[name]
	return f, ok
}

// Packs lists the theme packs by id, as they are now.
func (t *Themes) Packs() map[string]*Pack {
	t.refresh()
	return t.shelf.list()
}

// Name returns what a pack calls itself, its id where there is none such.
func (t *Themes) Name(id string) string {
	if p := t.shelf.list()[id]; p != nil {
		return p.Name
	}
	return id
}

// glance takes note of what changed, for one caller every so often; the others
// go on with what there is.
func (t *Themes) glance() {
	now, last := t.now().UnixNano(), t.looked.Load()
	if now-last >= int64(glances) && t.looked.CompareAndSwap(last, now) {
		t.refresh()
	}
}

// refresh takes note of packs that came, changed or went.
func (t *Themes) refresh() {
	if t.shelf.refresh() {
		t.mu.Lock()
		t.turn++
		clear(t.looks) // their stylesheets stay: pages that are open still ask for them
		t.mu.Unlock()
		t.serve()
	}
}

// serve answers for the files of all packs.
func (t *Themes) serve() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, p := range t.shelf.list() {
		for _, f := range p.files {
			t.byName[f.Name] = f
		}
	}
}

func (t *Themes) compile(look Look) (*Sheet, error) {
	pack, tokens, err := t.tokens(look)
	if err != nil {
		return nil, err
	}
	return compile(pack, tokens, t.base)
}

// tokens are those of the look's pack with the school's choices put in.
func (t *Themes) tokens(look Look) (*Pack, Tokens, error) {
	id := look.Pack
	if id == "" {
		id = Default
	}
	pack := t.shelf.list()[id]
	if pack == nil {
		if pack = t.Packs()[id]; pack == nil {
			return nil, Tokens{}, errors.Field("pack", "theme.pack.unknown")
		}
	}
	tokens := pack.Tokens
	if look.Colour != "" {
		c, ok := ParseColour(look.Colour)
		if !ok {
			return nil, Tokens{}, errors.Field("colour", "theme.colour")
		}
		tokens = tokens.coloured(c)
	}
	tokens, err := tokens.spaced(look.Density)
	return pack, tokens, err
}
