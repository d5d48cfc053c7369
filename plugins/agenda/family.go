package main

import (
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// familyPage shows a week day by day, and in each day child after child, so
// that a parent sees who is where. Who names no week gets the one to prepare.
func familyPage(r *sdk.Request) (*ui.Page, error) {
	s := spanOf(r)
	if r.FormValue("date") == "" {
		s.Date = toPrepare(r.Now())
	}
	s.From, s.To = monday(s.Date), monday(s.Date).AddDate(0, 0, 7)
	l := mine(r.Viewer, r.Now())
	look := func(fn func(store.Tx) error) error { return r.Store.View(r.Context(), fn) }
	reading, err := read(&r.Scope, look, l, s.From, s.To, pageWaits)
	if err != nil {
		return nil, err
	}
	list := reading.drawn(r.Viewer, l)
	page := ui.NewPage("agenda.family", ui.Toolbar(nil,
		ui.Moves(ui.To("/famille?date="+s.From.AddDate(0, 0, -7).Format(time.DateOnly), "agenda.week.before"),
			ui.To("/famille", "agenda.today"), ui.To("/famille?date="+s.To.Format(time.DateOnly), "agenda.week.after"))...))
	page.Subtitle = ui.T("agenda.week.of", "date", ui.Time(s.From, ui.Date))
	page.Crumbs = []*ui.Link{ui.To("/", "agenda.title")}
	page.Nodes = append(page.Nodes, reading.banners()...)
	any := false
	for day := s.From; day.Before(s.To); day = day.AddDate(0, 0, 1) {
		if nodes := familyDay(r.Viewer, list, day); len(nodes) > 0 {
			any = true
			page.Nodes = append(page.Nodes, ui.SectionOf(ui.T("agenda.day", "date", ui.Time(day, ui.Date)), nodes...))
		}
	}
	if !any {
		page.Nodes = append(page.Nodes, ui.Empty(ui.Agenda(), "agenda.empty",
			ui.To("/famille?date="+s.To.Format(time.DateOnly), "agenda.week.after")))
	}
	return page, nil
}

// toPrepare is a day of the week that concerns a family: at the week-end the
// next one, as on the core's page of the week.
func toPrepare(now time.Time) time.Time {
	if day := now.Weekday(); day == time.Saturday || day == time.Sunday {
		return monday(now).AddDate(0, 0, 7)
	}
	return midnight(now)
}

// familyDay is one day: what is for all, then each child's.
func familyDay(v *sdk.Viewer, list []*ui.Entry, day time.Time) (nodes []*ui.Node) {
	next := day.AddDate(0, 0, 1)
	pick := func(accept func(*ui.Entry) bool) (found []*ui.Entry) {
		for _, e := range list {
			start, end := e.Start.AsTime(), e.Start.AsTime()
			if e.End.IsValid() {
				end = e.End.AsTime()
			}
			if start.Before(next) && (end.After(day) || !start.Before(day)) && accept(e) {
				one := proto.CloneOf(e)
				one.About = nil // the heading says whose
				found = append(found, one)
			}
		}
		return found
	}
	if all := pick(func(e *ui.Entry) bool { return len(e.About) == 0 }); len(all) > 0 {
		nodes = append(nodes, ui.Titled("agenda.family.all", ui.AgendaOfDay(all...)))
	}
	for _, c := range v.Pupils() {
		own := pick(func(e *ui.Entry) bool {
			for _, a := range e.About {
				if a.Person == string(c.ID) {
					return true
				}
			}
			return false
		})
		if len(own) > 0 {
			node := ui.AgendaOfDay(own...)
			node.Title = ui.S(c.FirstName)
			nodes = append(nodes, node)
		}
	}
	return nodes
}
