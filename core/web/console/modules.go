package console

import (
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/ui"
)

// listModules answers the catalogue: what there is, what the school uses.
func (c *Console) listModules(v *visit.Visit) (*visit.Answer, error) {
	states := c.states()
	var items []*ui.Item
	for _, m := range c.Modules.Manifests() {
		say := v.Say.In(m.ID)
		item := &ui.Item{Title: ui.S(say.T(m.Name)), Detail: ui.S(say.T(m.Summary)), Icon: m.Icon, Link: ui.To(modulePath(m.ID), "console.module.open")}
		item.Badge, item.Tone = badge(c.Modules.IsEnabled(v.School(), m.ID), c.Modules.Halted(v.School(), m.ID), states[m.ID])
		item.Actions = []*ui.Action{c.turn(v, m.ID)}
		items = append(items, item)
	}
	return visit.Show(page(ui.T("console.modules"), nil,
		ui.Text("console.modules.explain"),
		ui.Empty(ui.List(items...), "console.modules.none", nil))), nil
}

func modulePath(id ids.ModuleID) string { return modulesPath + "/" + string(id) }

func (c *Console) states() map[ids.ModuleID]host.Status {
	states := map[ids.ModuleID]host.Status{}
	for _, s := range c.Modules.Modules() {
		states[s.ID] = s
	}
	return states
}

// turn is the button that switches a module on or off.
func (c *Console) turn(v *visit.Visit, id ids.ModuleID) *ui.Action {
	if c.Modules.IsEnabled(v.School(), id) {
		return ui.Confirm(ui.Button(modulePath(id)+"/desactiver", "console.module.disable"),
			"console.module.disable.sure", "module", c.moduleName(v, id))
	}
	return ui.Button(modulePath(id)+"/activer", "console.module.enable")
}

// showModule answers one module: what it asks for, its settings.
func (c *Console) showModule(v *visit.Visit) (*visit.Answer, error) {
	m, err := c.Modules.Manifest(ids.ModuleID(v.Params["id"]))
	if err != nil {
		return nil, err
	}
	form, err := c.settingsForm(v, m)
	if err != nil {
		return nil, err
	}
	versions, err := c.versions(v, m.ID, c.states()[m.ID])
	if err != nil {
		return nil, err
	}
	return visit.Show(c.modulePage(v, m, form, versions...)), nil
}

// modulePage draws one module with this settings form, nil when it has none, and
// what is to be said of its versions.
func (c *Console) modulePage(v *visit.Visit, m *manifest.Manifest, form *ui.Form, versions ...*ui.Node) *ui.Page {
	say, enabled, state := v.Say.In(m.ID), c.Modules.IsEnabled(v.School(), m.ID), c.states()[m.ID]
	word, tone := badge(enabled, c.Modules.Halted(v.School(), m.ID), state)
	source := c.source(m)
	facts := ui.Facts(append([]*ui.Fact{
		{Label: ui.T("console.module.state"), Value: word, Tone: tone},
		{Label: ui.T("console.module.version"), Value: ui.S(m.Version)},
		{Label: ui.T("console.module.restarts"), Value: ui.T("console.times", "n", state.Restarts)},
	}, origin(source)...)...)
	tools := ui.Tools(append(c.reins(v, m.ID, state), c.turn(v, m.ID))...)
	tools.GetToolbar().Links = []*ui.Link{ui.WithIcon(ui.IconText, ui.To(modulePath(m.ID)+"/messages", "console.module.logs"))}
	nodes := append(c.trouble(v, m.ID, state), facts, tools)
	nodes = append(nodes, versions...)
	nodes = append(nodes, ui.Section("console.module.asks", asks(v, m, source)...))
	if form != nil {
		nodes = append(nodes, ui.Section("console.module.settings", ui.FormOf(form)))
	}
	if charts := health(v, c.Modules.Trend(m.ID)); charts != nil {
		nodes = append(nodes, ui.Section("console.health", charts...))
	}
	p := page(ui.S(say.T(m.Name)), []*ui.Link{ui.To(modulesPath, "console.modules")}, nodes...)
	p.Subtitle = ui.S(say.T(m.Summary))
	return p
}

// asks lists what the module may do once it is switched on: services of the
// core, permissions with who has them, personal data with how long it stays.
func asks(v *visit.Visit, m *manifest.Manifest, source host.Source) []*ui.Node {
	say := v.Say.In(m.ID)
	var rights []*ui.Row
	for _, p := range m.Permissions {
		rights = append(rights, ui.RowOf(ui.CellS(say.T(p.Name)), ui.CellS(profileNames(v, p.Default))))
	}
	var data []*ui.Row
	for _, d := range m.Data {
		data = append(data, ui.RowOf(ui.CellS(say.T(d.Class)), ui.CellOf(retention(d.Retention))))
	}
	return []*ui.Node{
		ui.Empty(ui.Titled("console.module.capabilities", ui.List(capabilities(m, source)...)), "console.module.capabilities.none", nil),
		ui.Empty(ui.Table("console.module.permissions", ui.Columns("console.module.permission", "console.module.default"), rights...), "console.module.permissions.none", nil),
		ui.Empty(ui.Table("console.module.data", ui.Columns("console.module.class", "console.module.retention"), data...), "console.module.data.none", nil),
	}
}

func profileNames(v *visit.Visit, profiles []ids.Profile) string {
	if len(profiles) == 0 {
		return v.Say.T("console.nobody")
	}
	names := make([]string, 0, len(profiles))
	for _, p := range profiles {
		names = append(names, v.Say.T("identity.profile."+string(p)))
	}
	return v.Say.List(names)
}

// retention puts "90d", "6m" or "1y" into words.
func retention(s string) *ui.Words {
	n := 0
	for i, r := range s {
		if r < '0' || r > '9' {
			return ui.T("console.retention."+s[i:], "n", n)
		}
		n = 10*n + int(r-'0')
	}
	return ui.S(s)
}

// enableModule switches a module on for the school.
func (c *Console) enableModule(v *visit.Visit) (*visit.Answer, error) {
	return c.turned(v, c.Modules.Enable, "console.module.enabled")
}

// disableModule switches it off.
func (c *Console) disableModule(v *visit.Visit) (*visit.Answer, error) {
	return c.turned(v, c.Modules.Disable, "console.module.disabled")
}
