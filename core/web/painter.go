package web

import (
	"bytes"
	"sync"
	"time"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// painter makes the contexts in which trees are drawn.
type painter struct {
	words  *locale.Catalogue
	host   *host.Host
	rights home.Rights
	now    func() time.Time
}

func (a *App) painter() painter { return painter{a.Words, a.Host, a.Access, a.Now} }

// speaker puts words for a viewer.
func (p painter) speaker(v *wire.Viewer) *locale.Speaker {
	return p.words.Speaker(v.GetLocale(), zone(v.GetTimeZone()), p.now()).For(ids.SchoolID(v.GetSchool()))
}

// context draws what a caller may follow, and nothing else.
func (p painter) context(c host.Caller) *draw.Context {
	return &draw.Context{Say: p.speaker(c.Viewer), Children: len(c.Viewer.GetChildren()), Waits: p.waits(c.School()),
		May: func(method string, module ids.ModuleID, path string) bool { return p.may(c, method, module, path) }}
}

// may reports whether a caller may use an address. Those of the core itself
// are drawn only by the core, which knows what it offers to whom.
func (p painter) may(c host.Caller, method string, module ids.ModuleID, path string) bool {
	if module == "" {
		return true
	}
	r, err := p.host.Route(c.School(), module, method, beforeQuery(path))
	return err == nil && p.rights.May(c.School(), c.Roles, r.Permission)
}

// widget draws the body of a widget of a module.
func (p painter) widget(c host.Caller, module ids.ModuleID, n *wire.Node) ([]byte, error) {
	if module == "core" {
		module = ""
	}
	var b bytes.Buffer
	if module == "" && n.Id == home.BannerAnchor && n.GetList() != nil {
		err := draw.BannerBody(&b, p.context(c), n)
		return b.Bytes(), err
	}
	err := draw.WidgetBody(&b, p.context(c).In(module), n)
	return b.Bytes(), err
}

// NewHome returns the home pages of these deps (Home itself may be nil), drawn
// as the application draws them.
func NewHome(d Deps) (*home.Service, error) {
	if d.Now == nil {
		d.Now = time.Now
	}
	p := painter{d.Words, d.Host, d.Access, d.Now}
	return home.New(home.Config{Engine: d.Engine, Modules: home.FromHost(d.Host, d.Access, d.Words), Rights: d.Access, Hours: d.Notify, Audit: d.Audit,
		Draw: p.widget, Log: d.Log, Now: d.Now})
}

var zones sync.Map // name → *time.Location: reading one costs files

// zone returns the time zone of a name, Europe/Paris when there is none such.
func zone(name string) *time.Location {
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location)
	}
	z, err := time.LoadLocation(name)
	if err != nil || name == "" {
		if z, err = time.LoadLocation("Europe/Paris"); err != nil {
			z = time.UTC
		}
	}
	zones.Store(name, z)
	return z
}
