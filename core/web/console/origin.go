package console

import (
	"slices"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/ui"
)

// origin says where a module comes from, whose word stands for it and how far
// it is kept apart.
func origin(s host.Source) []*ui.Fact {
	tier := &ui.Fact{Label: ui.T("console.module.tier"), Value: ui.T("console.tier." + string(s.Tier))}
	if s.Package == "" {
		return []*ui.Fact{{Label: ui.T("console.module.origin"), Value: ui.T("console.module.bundled")}, tier}
	}
	return []*ui.Fact{
		{Label: ui.T("console.module.origin"), Value: ui.T("console.module.packaged", "package", s.Package[:min(16, len(s.Package))])},
		{Label: ui.T("console.module.key"), Value: ui.S(s.Key.Short())},
		tier,
	}
}

// capabilities lists what a module asks of the core; what the operator did not
// grant is marked.
func capabilities(m *manifest.Manifest, s host.Source) []*ui.Item {
	var items []*ui.Item
	for _, c := range m.Capabilities {
		item := &ui.Item{Title: ui.T("console.capability." + string(c)), Icon: ui.IconShield}
		if event, ok := c.Event(); ok {
			item = &ui.Item{Title: ui.T("console.capability.events.publish", "event", event), Icon: ui.IconActivity}
		}
		if to, ok := c.Host(); ok {
			item.Title = ui.T("console.capability.net.connect", "host", to)
			if to[0] == '@' {
				item.Title = ui.T("console.capability.net.setting")
			}
		}
		if s.Package != "" && !slices.Contains(s.Granted, c) {
			item.Badge, item.Tone = ui.T("console.module.ungranted"), ui.Warn
		}
		items = append(items, item)
	}
	return items
}

// source is where a module of the catalogue comes from; one that has just gone
// was granted nothing.
func (c *Console) source(m *manifest.Manifest) host.Source {
	s, err := c.Modules.Source(m.ID)
	if err != nil {
		return host.Source{Tier: manifest.TierNone}
	}
	return s
}
