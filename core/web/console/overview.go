package console

import (
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// showOverview answers the console's first page: what there is to do, and what
// does not work.
func (c *Console) showOverview(v *visit.Visit) (*visit.Answer, error) {
	var items []*ui.Item
	for _, s := range sections {
		if c.may(v, ids.Permission(s.permission)) {
			items = append(items, &ui.Item{Title: ui.T(s.key), Detail: ui.T(s.key + ".detail"), Link: ui.To(s.path, s.key), Icon: s.icon})
		}
	}
	counts, err := c.Identity.CountPeople(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	var facts []*ui.Fact
	for _, p := range ids.Profiles() {
		facts = append(facts, &ui.Fact{Label: ui.T("console.profiles." + string(p)), Value: ui.T("console.people.n", "n", counts[p])})
	}
	nodes := append(c.warnings(v), ui.List(items...), ui.Titled("console.overview.people", ui.Facts(facts...)))
	p := ui.NewPage("console.title", nodes...)
	p.Subtitle = ui.S(v.Session.Viewer.GetSchoolName())
	return visit.Show(p), nil
}

// warnings names the modules of this school that do not serve.
func (c *Console) warnings(v *visit.Visit) (nodes []*ui.Node) {
	for _, m := range c.Modules.Modules() {
		halted := c.Modules.Halted(v.School(), m.ID)
		if m.State == supervise.Serving && !halted || !c.Modules.IsEnabled(v.School(), m.ID) {
			continue
		}
		tone, key := ui.Warn, "console.module.down"
		switch {
		case halted:
			key = "console.module.stopped"
		case changed(m):
			tone, key = ui.Bad, "console.module.changed.short"
		case damaged(m):
			tone, key = ui.Bad, "console.module.damaged.short"
		case m.State == supervise.Quarantined:
			tone, key = ui.Bad, "console.module.putaside"
		}
		nodes = append(nodes, ui.BannerOf(tone, ui.T(key, "module", c.moduleName(v, m.ID)),
			ui.To(modulesPath+"/"+string(m.ID), "console.module.open")))
	}
	return nodes
}

// moduleName is the name of a module in the visitor's language.
func (c *Console) moduleName(v *visit.Visit, id ids.ModuleID) string {
	m, err := c.Modules.Manifest(id)
	if err != nil {
		return string(id)
	}
	return v.Say.In(id).T(m.Name)
}
