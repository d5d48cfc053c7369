package home

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// fromHost reads offers and shortcuts from the manifests of enabled modules.
type fromHost struct {
	*host.Host
	rights Rights
	words  *locale.Catalogue
}

// FromHost returns the host as home sees it; words holds the modules' names.
func FromHost(h *host.Host, rights Rights, words *locale.Catalogue) Modules {
	return fromHost{h, rights, words}
}

// Offers implements [Modules].
func (f fromHost) Offers(school ids.SchoolID) []Offer {
	var out []Offer
	for _, id := range f.Enabled(school) {
		m, err := f.Manifest(id)
		if err != nil {
			continue // enabled, but no longer in the catalogue
		}
		for _, w := range m.Widgets {
			out = append(out, offerOf(m, w))
		}
	}
	return out
}

// Shortcuts implements [Modules]. Each name is said in its own module's words:
// the widget that shows them is the core's.
func (f fromHost) Shortcuts(c host.Caller) []*wire.Link {
	var out []*wire.Link
	say := f.words.Speaker(c.Viewer.GetLocale(), nil, time.Time{}).For(c.School())
	for _, id := range f.Enabled(c.School()) {
		m, err := f.Manifest(id)
		if err == nil && f.rights.May(c.School(), c.Roles, m.StartPermission()) {
			out = append(out, &wire.Link{Module: string(id), Path: m.Start, Label: ui.S(say.In(m.ID).T(m.Name)), Icon: m.Icon})
		}
	}
	return out
}

func offerOf(m *manifest.Manifest, w manifest.Widget) Offer {
	o := Offer{Widget: string(m.ID) + "." + w.ID, Name: w.Name, Icon: m.Icon, Permission: w.Permission,
		Profiles: w.Profiles, Guided: w.Guided, Refresh: time.Duration(w.Refresh), Cache: Scope(w.Cache), InvalidatedBy: w.InvalidatedBy,
		Summary: w.Summary, Examples: w.Examples, Fields: m.WidgetFields(w.ID),
		check: func(settings json.RawMessage) error { return m.CheckWidgetSettings(w.ID, settings) }}
	if w.Default != "" {
		o.Sizes = append(o.Sizes, Size(w.Default))
	}
	for _, s := range w.Sizes {
		if !slices.Contains(o.Sizes, Size(s)) {
			o.Sizes = append(o.Sizes, Size(s))
		}
	}
	return o
}

var _ Modules = fromHost{}
