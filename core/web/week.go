package web

import (
	"bytes"
	"slices"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/paper"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

// The addresses of the week on one sheet; each takes ?date= for another week.
const (
	weekPDF     = home.WeekPath + ".pdf"
	weekClasses = home.WeekPath + "/classes"
	weekClass   = home.WeekPath + "/classe/" // + id of the class
)

// weekRoutes are the pages of "ma semaine".
func (a *App) weekRoutes() []visit.Route {
	return []visit.Route{
		{Method: "GET", Path: home.WeekPath, Permission: access.Home, Handle: a.showWeek},
		{Method: "GET", Path: weekPDF, Permission: access.Home, Handle: a.printWeek},
		{Method: "GET", Path: weekClasses, Permission: access.PrintWeeks, Handle: a.listWeeks},
		{Method: "GET", Path: weekClass + ":id", Permission: access.PrintWeeks, Handle: a.printClass},
	}
}

// askedDay is the day of ?date=, zero when none is named.
func askedDay(v *visit.Visit) (time.Time, error) {
	named := v.Query.Get("date")
	if named == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, named, v.Say.Zone)
	if err != nil || t.Year() < 2000 || t.Year() > 2200 {
		return t, errors.Wrap(err, errors.Invalid, "web.garbage")
	}
	return t, nil
}

func (a *App) weekOf(v *visit.Visit) (*home.Week, error) {
	day, err := askedDay(v)
	if err != nil {
		return nil, err
	}
	return a.Home.Week(v.Context, v.Caller(), day)
}

// dated is an address of the week that begins on a day.
func dated(path string, from time.Time) string { return path + "?date=" + from.Format(time.DateOnly) }

// showWeek answers the visitor's week: it prints on one sheet.
func (a *App) showWeek(v *visit.Visit) (*visit.Answer, error) {
	w, err := a.weekOf(v)
	if err != nil {
		return nil, err
	}
	bar := ui.Toolbar(ui.WithIcon(ui.IconPrint, ui.ToFile(dated(weekPDF, w.From), "web.week.pdf", "ma-semaine.pdf")),
		ui.Moves(ui.To(dated(home.WeekPath, w.From.AddDate(0, 0, -7)), "web.week.before"),
			ui.To(home.WeekPath, "web.week.today"), ui.To(dated(home.WeekPath, w.To), "web.week.after"))...)
	if a.Access.May(v.School(), v.Session.Roles, access.PrintWeeks) {
		bar.GetToolbar().Links = append(bar.GetToolbar().Links, ui.WithIcon(ui.IconSchool, ui.To(dated(weekClasses, w.From), "web.week.classes")))
	}
	return visit.Show(weekPage(w, bar)), nil
}

// weekPage shows what is late, and the days.
func weekPage(w *home.Week, bar *ui.Node) *ui.Page {
	page := ui.NewPage("web.week.title", bar)
	page.Subtitle = ui.T("web.week.span", "from", ui.Time(w.From, ui.Date), "to", ui.Time(w.To.AddDate(0, 0, -1), ui.Date))
	if len(w.Missing) > 0 {
		page.Nodes = append(page.Nodes, ui.Banner(ui.Warn, "web.week.missing"))
	}
	if len(w.Before) > 0 {
		late := ui.Section("web.week.late", weekTasks(w.Before))
		late.Id = "retard"
		page.Nodes = append(page.Nodes, late)
	}
	days := ui.SectionOf(nil, weekNodes(w)...)
	days.Id = "semaine"
	page.Nodes = append(page.Nodes, days)
	return page
}

// weekNodes are the days, a week-end without anything left out, and beside them
// what is due after the last of them.
func weekNodes(w *home.Week) (nodes []*ui.Node) {
	for i, d := range w.Days {
		if i >= 5 && len(d.Entries)+len(d.Tasks) == 0 {
			continue
		}
		var parts []*ui.Node
		title := ui.T("web.week.day", "date", ui.Time(d.Date, ui.Date))
		if len(d.Entries) > 0 {
			parts, title = append(parts, ui.AgendaByDay(clipped(d)...)), nil // it bears the day as its heading
		}
		if len(d.Tasks) > 0 {
			parts = append(parts, weekTasks(d.Tasks))
		}
		if len(parts) == 0 {
			parts = append(parts, ui.Text("web.week.free"))
		}
		nodes = append(nodes, ui.SectionOf(title, parts...))
	}
	if len(w.After) > 0 {
		later := ui.Section("web.week.later", weekTasks(w.After))
		later.Id = "plus-tard"
		nodes = append(nodes, later)
	}
	return nodes
}

// clipped are the entries of a day; what began before begins with it.
func clipped(d home.Day) []*ui.Entry {
	out := slices.Clone(d.Entries)
	for i, e := range out {
		if e.GetStart().AsTime().Before(d.Date) {
			out[i] = proto.CloneOf(e)
			out[i].Start = ui.At(d.Date)
		}
	}
	return out
}

func weekTasks(tasks []*home.Task) *ui.Node {
	var checks []*ui.Check
	for _, t := range tasks {
		if t.Check.Toggle != nil {
			t.Check.Toggle.Path = home.LeadingBack(t.Check.Toggle.Path, home.WeekPath)
		}
		checks = append(checks, t.Check)
	}
	return ui.Checklist(checks...)
}

// printWeek gives the visitor's week as PDF.
func (a *App) printWeek(v *visit.Visit) (*visit.Answer, error) {
	w, err := a.weekOf(v)
	if err != nil {
		return nil, err
	}
	who := v.Session.Viewer
	sheet := paper.Sheet{Name: who.GetName(), School: who.GetSchoolName(), Week: w}
	for _, g := range who.GetGroups() {
		if g.GetKind() == "classe" && who.GetProfile() == "eleve" {
			sheet.Class = g.GetName()
		}
	}
	return pdf(v, "ma-semaine-"+w.From.Format(time.DateOnly)+".pdf", sheet)
}

func pdf(v *visit.Visit, name string, sheets ...paper.Sheet) (*visit.Answer, error) {
	var b bytes.Buffer
	if err := paper.Write(&b, v.Say.In(""), sheets...); err != nil {
		return nil, err
	}
	return visit.Give(name, "application/pdf", b.Bytes()), nil
}
