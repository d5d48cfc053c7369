package console

import (
	"context"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/packages"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// Upgrades is what the console asks of the core about versions of modules.
type Upgrades interface {
	// Later says what the latest version that is ready would change; NotFound
	// when there is none, Conflict for a module whose versions come with Préau.
	Later(ctx context.Context, id ids.ModuleID) (*packages.Candidate, error)
	// Upgrade puts it in place, with all that it asks for.
	Upgrade(ctx context.Context, id ids.ModuleID, digest string) (host.Report, error)
	// Alone reports whether the server is that of one school only.
	Alone(ctx context.Context) (bool, error)
	// LastUpgrade says how the last one ended; nil: there was none.
	LastUpgrade(ctx context.Context, id ids.ModuleID) (*host.Renewal, error)
}

// versions says which version serves and how the last change of version went,
// and offers the next one with what it changes.
func (c *Console) versions(v *visit.Visit, id ids.ModuleID, s host.Status) ([]*ui.Node, error) {
	if c.Upgrades == nil {
		return nil, nil
	}
	var nodes []*ui.Node
	if s.Upgrading != "" {
		nodes = append(nodes, ui.Banner(ui.Info, "console.upgrade.underway", "from", s.Version, "to", s.Upgrading))
	}
	last, err := c.Upgrades.LastUpgrade(v.Context, id)
	if err != nil {
		return nil, err
	}
	nodes = append(nodes, outcome(last, s)...)
	next, err := c.Upgrades.Later(v.Context, id)
	switch errors.KindOf(err) {
	case errors.OK:
	case errors.NotFound, errors.Conflict:
		return nodes, nil
	default:
		return nil, err
	}
	alone, err := c.Upgrades.Alone(v.Context)
	if err != nil {
		return nil, err
	}
	return append(nodes, ui.Section("console.upgrade.next", offer(v, next, alone)...)), nil
}

// outcome tells of an attempt that was undone, and of a version that fails since
// it took over.
func outcome(last *host.Renewal, s host.Status) []*ui.Node {
	switch {
	case last == nil:
		return nil
	case last.Reason != "":
		return []*ui.Node{
			ui.Banner(ui.Warn, "console.upgrade.undone", "from", last.From, "to", last.To, "when", ui.Time(last.At, ui.DateTime)),
			ui.Facts(&ui.Fact{Label: ui.T("console.module.reason"), Value: ui.S(last.Reason), Tone: ui.Warn}),
		}
	case s.State == supervise.Quarantined && s.Version == last.To:
		return []*ui.Node{ui.Banner(ui.Bad, "console.upgrade.fails", "from", last.From, "to", last.To, "when", ui.Time(last.At, ui.DateTime))}
	}
	return nil
}

// offer lists what a version changes. Every school of the server gets it, so
// only the one of a single school may choose it here.
func offer(v *visit.Visit, next *packages.Candidate, alone bool) []*ui.Node {
	var changes []*ui.Item
	for _, asked := range next.Asks {
		title := ui.T("console.capability." + string(asked))
		if event, ok := asked.Event(); ok {
			title = ui.T("console.capability.events.publish", "event", event)
		} else if name, ok := asked.Host(); ok {
			title = ui.T("console.upgrade.connects", "host", name)
		}
		changes = append(changes, &ui.Item{Title: title, Badge: ui.T("console.upgrade.asks"), Tone: ui.Warn, Icon: ui.IconShield})
	}
	for _, p := range next.Opens {
		changes = append(changes, &ui.Item{Title: ui.S(string(p)), Badge: ui.T("console.upgrade.opens"), Icon: ui.IconKey})
	}
	for _, p := range next.Closes {
		changes = append(changes, &ui.Item{Title: ui.S(string(p)), Badge: ui.T("console.upgrade.closes"), Icon: ui.IconKey})
	}
	for _, w := range next.Widgets {
		changes = append(changes, &ui.Item{Title: ui.S(w), Badge: ui.T("console.upgrade.widget"), Icon: ui.IconModules})
	}
	nodes := []*ui.Node{ui.Text("console.upgrade.versions", "from", next.From, "to", next.To)}
	if next.Schema != next.Was {
		nodes = append(nodes, ui.Text("console.upgrade.schema"))
	}
	nodes = append(nodes, ui.Empty(ui.List(changes...), "console.upgrade.nochange", nil))
	if !alone {
		return append(nodes, ui.Text("console.upgrade.operator"))
	}
	button := ui.Confirm(ui.Primary(ui.Button(modulePath(next.Module)+"/version/"+next.Digest, "console.upgrade.do")),
		"console.upgrade.sure", "to", next.To)
	return append(nodes, ui.Tools(button))
}

// upgradeModule puts the version that was offered in place. What went wrong is
// told on the module's page, where the version that was there serves on.
func (c *Console) upgradeModule(v *visit.Visit) (*visit.Answer, error) {
	id := ids.ModuleID(v.Params["id"])
	if c.Upgrades == nil {
		return nil, errors.New(errors.NotFound, "")
	}
	alone, err := c.Upgrades.Alone(v.Context)
	if err != nil {
		return nil, err
	}
	if !alone {
		return nil, errors.New(errors.Denied, "console.upgrade.operator")
	}
	report, err := c.Upgrades.Upgrade(acting(v), id, v.Params["digest"])
	if errors.KindOf(err) == errors.Unavailable {
		key, args := errors.Public(err)
		return visit.GoTo(modulePath(id)).Say(key, args...), nil
	}
	if err != nil {
		return nil, err
	}
	return visit.GoTo(modulePath(id)).Say("console.upgrade.done", "module", c.moduleName(v, id), "to", report.To), nil
}
