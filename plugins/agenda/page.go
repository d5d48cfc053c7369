package main

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// calendarPage is the first page: a day, week, month or list of what the viewer
// chose to look at.
func calendarPage(r *sdk.Request) (*ui.Page, error) {
	eraseDue(r.Context(), &r.Scope)
	cfg, err := settingsOf(&r.Scope)
	if err != nil {
		return nil, err
	}
	l, err := lensOf(r.Viewer, r.FormValue("agenda"), r.Now())
	if err != nil {
		return nil, err
	}
	s := spanOf(r)
	reading, err := read(&r.Scope, viewOf(r), l, s.From, s.To, pageWaits)
	if err != nil {
		return nil, err
	}
	list, hidden := weekdays(cfg, s, s.clip(reading.drawn(r.Viewer, l)))
	target := l.target(r.Viewer, cfg)
	page := ui.NewPage("agenda.title")
	if b := bar(r, s, target == ""); b != nil {
		page.Nodes = append(page.Nodes, b)
	}
	if f := filters(r, l, s); f != nil {
		page.Nodes = append(page.Nodes, f)
	}
	page.Nodes = append(page.Nodes, reading.banners()...)
	if hidden > 0 {
		page.Nodes = append(page.Nodes, ui.BannerOf(ui.Info, ui.T("agenda.weekend.hidden", "n", hidden),
			ui.To("/?vue=liste&date="+s.From.AddDate(0, 0, 5).Format(time.DateOnly), "agenda.weekend.show")))
	}
	cal := ui.CalendarOf(s.View, s.Date, l.path(), list...)
	if target != "" {
		cal.GetCalendar().Add = ui.To("/nouvelle?agenda="+url.QueryEscape(string(target)), "agenda.add")
	}
	page.Nodes = append(page.Nodes, cal)
	if len(list) == 0 {
		leadOn(s, cal)
	}
	page.Nodes = append(page.Nodes, ui.Toolbar(nil, seldom(r, cfg)...))
	return page, nil
}

// viewOf reads the school's store for one request.
func viewOf(r *sdk.Request) view {
	return func(fn func(store.Tx) error) error { return r.Store.View(r.Context(), fn) }
}

// bar is what can be done besides looking, nil when there is nothing; adding is
// there when the calendar itself does not offer it.
func bar(r *sdk.Request, s Span, add bool) *ui.Node {
	var primary *ui.Link
	if add && r.Viewer.May("agenda.personal") {
		primary = ui.WithIcon(ui.IconAdd, ui.To("/nouvelle?date="+s.Date.Format(time.DateOnly), "agenda.add"))
	}
	var others []*ui.Link
	if len(r.Viewer.Children) > 1 {
		path := "/famille"
		if !s.Date.Equal(midnight(r.Now())) {
			path += "?date=" + s.Date.Format(time.DateOnly)
		}
		others = append(others, ui.WithIcon(ui.IconFamily, ui.To(path, "agenda.family")))
	}
	if primary == nil && others == nil {
		return nil
	}
	return ui.Toolbar(primary, others...)
}

// seldom is what one needs once a year or after a mistake: it stands below the
// calendar, so that a phone shows today first.
func seldom(r *sdk.Request, cfg Settings) (links []*ui.Link) {
	if r.Viewer.May("agenda.import") && (cfg.TeachersAdd || r.Viewer.May("agenda.school")) {
		links = append(links, ui.WithIcon(ui.IconUpload, ui.To("/importer", "agenda.import.apply")))
	}
	links = append(links, ui.WithIcon(ui.IconShare, ui.To("/abonnement", "agenda.feed")))
	if r.Viewer.May("agenda.personal") {
		links = append(links, ui.WithIcon(ui.IconArchive, ui.To("/corbeille", "agenda.bin")))
	}
	return links
}

// filters offers the calendars one by one, nil when there is no choice.
func filters(r *sdk.Request, current *Lens, s Span) *ui.Node {
	link := func(key string, label *ui.Words) *ui.Link {
		path := (&Lens{Key: key}).path()
		sep := "?"
		if strings.Contains(path, "?") {
			sep = "&"
		}
		l := ui.ToOf(path+sep+"vue="+s.Word+"&date="+s.Date.Format(time.DateOnly), label)
		if key == current.Key {
			l = ui.Here(l)
		}
		return l
	}
	links := []*ui.Link{
		link("", ui.T("agenda.filter.all")), link(onlyMine, ui.T("agenda.filter.mine")), link(onlySchool, ui.T("agenda.filter.school")),
	}
	for _, g := range knownGroups(r) {
		links = append(links, link(string(GroupOf(g.ID)), ui.S(g.Name)))
	}
	return ui.Filters(ui.Filter("agenda.filter", links...))
}

// knownGroups returns the groups whose calendars the viewer may look at.
func knownGroups(r *sdk.Request) (groups []sdk.Group) {
	if r.Viewer.May("agenda.school") {
		all, err := r.Directory.Groups()
		if err != nil {
			r.Log.Warn("groups", "err", err)
			return r.Viewer.Groups
		}
		return all
	}
	groups = slices.Clone(r.Viewer.Groups)
	if r.Viewer.Profile == ids.Parent {
		for _, c := range r.Viewer.Pupils() {
			for _, g := range c.Groups {
				if !slices.ContainsFunc(groups, func(h sdk.Group) bool { return h.ID == g.ID }) {
					groups = append(groups, g)
				}
			}
		}
	}
	return groups
}

// target is the calendar to which a day of the lens is added, "" for none.
func (l *Lens) target(v *sdk.Viewer, cfg Settings) Calendar {
	target := PersonalOf(v.Person)
	switch l.Key {
	case "", onlyMine:
	case onlySchool:
		target = Everyone
	default:
		target = Calendar(l.Key)
	}
	if !writes(v, cfg, target) {
		return ""
	}
	return target
}

// banners say what the calendar below lacks.
func (r *Reading) banners() (nodes []*ui.Node) {
	for _, m := range r.Missing {
		if m == "" {
			nodes = append(nodes, ui.Banner(ui.Warn, "agenda.missing.all"))
		} else {
			nodes = append(nodes, ui.Banner(ui.Warn, "agenda.missing", "module", string(m)))
		}
	}
	if r.More {
		nodes = append(nodes, ui.Banner(ui.Info, "agenda.more", "n", maxShown))
	}
	return nodes
}

// weekdays leaves out of the week, where a school wants it, what lies wholly in
// the weekend; it says how much, so that nothing is lost.
func weekdays(cfg Settings, s Span, list []*ui.Entry) (kept []*ui.Entry, hidden int) {
	if cfg.Weekends || s.View != ui.Week {
		return list, 0
	}
	saturday := s.From.AddDate(0, 0, 5)
	kept = slices.DeleteFunc(list, func(e *ui.Entry) bool { return !e.Start.AsTime().Before(saturday) })
	return kept, len(list) - len(kept)
}

// leadOn leads from a calendar without entries to what comes next; a month is drawn
// without them too.
func leadOn(s Span, cal *ui.Node) {
	next := ui.To("/?vue=liste&date="+s.To.Format(time.DateOnly), "agenda.empty.next")
	if s.View == ui.Month {
		ui.More(cal, next)
		return
	}
	ui.Empty(cal, "agenda.empty", next)
}
