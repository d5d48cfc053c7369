package locale

import (
	"embed"
	"io/fs"
	"maps"
	"sync"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
)

//go:embed locales
var own embed.FS

// Catalogue holds every translation. It is safe for concurrent use.
type Catalogue struct {
	languages []string
	extra     Extra
	labels    Labels
	core      words
	styles    map[string]*style
	mu        sync.RWMutex
	modules   map[ids.ModuleID]words
}

// New returns a catalogue with the core's own words and those of parts, each a
// file system with locales/<language>.json. Parts come later and win.
func New(parts ...fs.FS) (*Catalogue, error) { return NewWith(nil, parts...) }

// NewWith is New with further languages; extra may be nil.
func NewWith(extra Extra, parts ...fs.FS) (*Catalogue, error) {
	c := &Catalogue{languages: languagesOf(extra), extra: extra, modules: map[ids.ModuleID]words{}, styles: map[string]*style{}}
	var err error
	if c.core, err = c.load(coreFile, append([]fs.FS{own}, parts...)...); err != nil {
		return nil, err
	}
	for _, lang := range c.languages {
		c.styles[lang] = newStyle(c.core.speak(lang))
	}
	return c, nil
}

// AddModule sets the words of a module from its folder, which holds
// locales/<language>.json. Words it had before are gone.
func (c *Catalogue) AddModule(id ids.ModuleID, folder fs.FS) error {
	w, err := c.load(string(id), folder)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	next := maps.Clone(c.modules)
	next[id] = w
	c.modules = next
	return nil
}

// RemoveModule forgets the words of a module.
func (c *Catalogue) RemoveModule(id ids.ModuleID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	next := maps.Clone(c.modules)
	delete(next, id)
	c.modules = next
}

// Speaker returns the catalogue in a language ("fr", "en"; anything else is
// the fallback) and time zone (nil is UTC) at the time now.
func (c *Catalogue) Speaker(lang string, zone *time.Location, now time.Time) *Speaker {
	if _, ok := c.styles[lang]; !ok {
		lang = Languages[0]
	}
	if zone == nil {
		zone = time.UTC
	}
	c.mu.RLock()
	modules := c.modules
	c.mu.RUnlock()
	return &Speaker{
		Lang: lang, Zone: zone, Now: now.In(zone),
		style: c.styles[lang], core: c.core.speak(lang), modules: modules, labels: c.labels,
	}
}
