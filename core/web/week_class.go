package web

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/paper"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// listWeeks answers the classes, each with the week of all its pupils to print.
func (a *App) listWeeks(v *visit.Visit) (*visit.Answer, error) {
	day, err := askedDay(v)
	if err != nil {
		return nil, err
	}
	groups, err := a.Identity.Groups(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	if day.IsZero() {
		_, to := home.WeekOf(v.Say.Now)
		day = to.AddDate(0, 0, -7)
	}
	var items []*ui.Item
	for _, g := range groups {
		if g.Kind == identity.Classe {
			items = append(items, &ui.Item{Title: ui.S(g.Name), Icon: ui.IconPrint,
				Link: &ui.Link{Path: dated(weekClass+g.ID, day), File: weekName(g.Name, day), Label: ui.S(g.Name)}})
		}
	}
	page := ui.NewPage("web.week.classes", ui.Text("web.week.classes.explain"),
		ui.Empty(ui.List(items...), "web.week.classes.none", nil))
	page.Subtitle = ui.T("web.week.span", "from", ui.Time(day, ui.Date), "to", ui.Time(day.AddDate(0, 0, 6), ui.Date))
	page.Crumbs = []*ui.Link{ui.To(home.WeekPath, "web.week.title")}
	return visit.Show(page), nil
}

var unfit = regexp.MustCompile(`[^\pL\pN]+`)

// weekName is the name of a class's file.
func weekName(class string, day time.Time) string {
	return "semaine-" + strings.Trim(unfit.ReplaceAllString(class, "-"), "-") + "-" + day.Format(time.DateOnly) + ".pdf"
}

// printClass gives the week of a class, one sheet for each pupil, with what the
// classes and groups of that pupil have: nothing that is theirs alone, nor
// whether they have done it. It is in the journal.
func (a *App) printClass(v *visit.Visit) (*visit.Answer, error) {
	day, err := askedDay(v)
	if err != nil {
		return nil, err
	}
	class, err := a.class(v)
	if err != nil {
		return nil, err
	}
	pupils, err := a.Identity.Members(v.Context, v.School(), ids.GroupID(class.ID), ids.Eleve)
	if err != nil {
		return nil, err
	}
	if len(pupils) == 0 {
		return nil, errors.New(errors.NotFound, "web.week.nobody")
	}
	weeks := map[string]*home.Week{} // by the groups of a pupil
	var sheets []paper.Sheet
	for _, p := range pupils {
		key := groupsKey(p.Groups)
		if weeks[key] == nil {
			if weeks[key], err = a.commonWeek(v.Context, v, p.Groups, day); err != nil {
				return nil, err
			}
		}
		sheets = append(sheets, paper.Sheet{Name: p.Name(), Class: class.Name, School: v.Session.Viewer.GetSchoolName(), Week: weeks[key]})
	}
	from := sheets[0].Week.From
	by := v.By()
	if err := a.Audit.Record(v.Context, audit.Entry{Actor: by.Person, Address: by.Address, School: v.School(), Action: audit.Exported,
		Object: class.ID, Details: map[string]string{"what": "week", "class": class.Name, "from": from.Format(time.DateOnly)}}); err != nil {
		return nil, err
	}
	return pdf(v, weekName(class.Name, from), sheets...)
}

// class is the one that the address names.
func (a *App) class(v *visit.Visit) (*identity.Group, error) {
	groups, err := a.Identity.Groups(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(groups, func(g *identity.Group) bool { return g.ID == v.Params["id"] && g.Kind == identity.Classe })
	if i < 0 {
		return nil, errors.New(errors.NotFound, "web.notfound")
	}
	return groups[i], nil
}

func groupsKey(groups []ids.GroupID) string {
	list := slices.SortedFunc(slices.Values(groups), cmp.Compare[ids.GroupID])
	out := ""
	for _, g := range list {
		out += string(g) + " "
	}
	return out
}

// commonWeek is the week of whoever is in these groups: a pupil whom nobody
// knows.
func (a *App) commonWeek(ctx context.Context, v *visit.Visit, groups []ids.GroupID, day time.Time) (*home.Week, error) {
	found, err := a.Identity.GroupsByID(ctx, v.School(), groups...)
	if err != nil {
		return nil, err
	}
	me := v.Session.Viewer
	nobody := &wire.Viewer{Person: "semaine", School: me.GetSchool(), SchoolName: me.GetSchoolName(), Profile: string(ids.Eleve),
		Locale: me.GetLocale(), TimeZone: me.GetTimeZone()}
	for _, g := range found {
		nobody.Groups = append(nobody.Groups, &wire.Group{Id: g.ID, Name: g.Name, Kind: g.Kind})
	}
	w, err := a.Home.Week(ctx, host.Caller{Viewer: nobody, Roles: []string{string(ids.Eleve)}}, day)
	if err != nil {
		return nil, err
	}
	w.Before = nil // what somebody is late with is between them and their teacher
	return w, nil
}
