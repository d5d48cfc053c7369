package sources

import (
	"strings"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/search"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// place is a Place with all that is said of it, in every language.
type place struct {
	search.Place
	said []string
}

// placesOf lists the pages, the settings or the help of a school: those of the
// core, then those of the modules that the school switched on.
func (s *Sources) placesOf(school ids.SchoolID, source string) (list []place) {
	seen := map[string]bool{}
	add := func(p search.Place, more ...string) {
		if p.Source != source || seen[p.Path+p.Label] {
			return
		}
		seen[p.Path+p.Label] = true
		if p.Permission == "" {
			p.Permission = access.Account
		}
		list = append(list, place{p, append(s.said(p.Detail), more...)})
	}
	for _, p := range s.places() {
		add(p)
	}
	for _, id := range s.host.Enabled(school) {
		m, err := s.host.Manifest(id)
		if err != nil {
			continue
		}
		add(search.Place{Source: search.Pages, Path: "/m/" + string(id) + m.Start, Label: m.Name, Detail: m.Summary, Icon: m.Icon, Permission: m.StartPermission()})
		console := search.Place{Source: search.Settings, Path: "/administration/modules/" + string(id), Icon: ui.IconSettings, Permission: access.AdminModules}
		for _, f := range m.SettingFields() {
			console.Label, console.Detail = f.Title, f.Description
			add(console, s.said(m.Name)...)
		}
	}
	return list
}

// said is a key in every language.
func (s *Sources) said(key string) []string {
	if key == "" {
		return nil
	}
	return s.Say("core.", ui.T(key))
}

// document is called by its label; what is said of it is searched in.
func (p place) document() *wire.Document {
	return &wire.Document{Id: string(p.Permission) + "|" + p.Path + "#" + p.Label, Kind: ui.T(p.Label), Text: strings.Join(p.said, "\n"),
		Path: p.Path, Icon: p.Icon, Audience: []*wire.Audience{{}}}
}

// gateOf is the permission of a place.
func gateOf(d *wire.Document) ids.Permission {
	permission, _, _ := strings.Cut(d.GetId(), "|")
	return ids.Permission(permission)
}
