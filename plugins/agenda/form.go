package main

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// Limits of what people type, in characters, and of an entry, in days.
const (
	maxTitle = 150
	maxPlace = 100
	maxText  = 10000
	maxDays  = 400
)

// entryForm is the form of an entry: a new one, or one as it was stored.
type entryForm struct {
	cfg     Settings
	path    string
	series  *Entry     // what is edited, nil when new
	one     Occurrence // which of it
	was     Entry      // what the form is drawn from
	offered []Calendar // for a new one
	names   map[Calendar]string
}

// openForm returns the form a request is about: of the entry in its path, or a
// new one, perhaps like the one it names.
func openForm(r *sdk.Request) (*entryForm, error) {
	f := &entryForm{path: "/nouvelle"}
	var err error
	if f.cfg, err = settingsOf(&r.Scope); err != nil {
		return nil, err
	}
	id := r.PathValue("id")
	if id == "" {
		return f, f.begin(r)
	}
	err = r.Store.View(r.Context(), func(tx store.Tx) (err error) {
		f.series, err = openMine(tx, &r.Scope, f.cfg, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	f.path = "/entree/" + id + "/modifier"
	var there bool
	if f.one, there = chosen(r, f.series); !there {
		return nil, gone()
	}
	f.was = *f.series
	f.was.Start = f.one.From
	return f, nil
}

// begin prepares a new entry: a copy, or an hour of the day that was meant.
func (f *entryForm) begin(r *sdk.Request) error {
	f.offer(r)
	f.was = Entry{Zone: r.Viewer.TimeZone.String(), Calendar: f.offered[0], Length: 60, Start: f.proposed(r)}
	if c := Calendar(r.FormValue("agenda")); slices.Contains(f.offered, c) {
		f.was.Calendar = c
	}
	id := r.FormValue("copie")
	if id == "" {
		return nil
	}
	return r.Store.View(r.Context(), func(tx store.Tx) error {
		e, err := openEntry(tx, &r.Scope, id)
		if err != nil {
			return err
		}
		o, _ := chosen(r, e)
		f.was.Title, f.was.Place, f.was.Text = e.Title, e.Place, e.Text
		f.was.AllDay, f.was.Length, f.was.Start = e.AllDay, e.Length, o.From
		if slices.Contains(f.offered, e.Calendar) {
			f.was.Calendar, f.was.Teachers = e.Calendar, e.Teachers
		}
		return nil
	})
}

// offer lists the calendars the viewer may add to.
func (f *entryForm) offer(r *sdk.Request) {
	f.names = map[Calendar]string{}
	add := func(c Calendar, name string) {
		if writes(r.Viewer, f.cfg, c) {
			f.offered, f.names[c] = append(f.offered, c), name
		}
	}
	add(PersonalOf(r.Viewer.Person), "")
	if r.Viewer.May("agenda.class") {
		for _, g := range knownGroups(r) {
			add(GroupOf(g.ID), g.Name)
		}
	}
	add(Everyone, "")
	if len(f.offered) == 0 { // the route's permission is agenda.personal: this is for a school that took it away meanwhile
		f.offered = []Calendar{PersonalOf(r.Viewer.Person)}
	}
}

// proposed is when a new entry begins: at the start of the day that was meant;
// when that is today, in the next full hour, or tomorrow once the day is over.
func (f *entryForm) proposed(r *sdk.Request) time.Time {
	now := r.Now()
	day := midnight(now)
	if d, err := time.ParseInLocation(time.DateOnly, r.FormValue("date"), now.Location()); err == nil && d.Year() > firstYear && d.Year() < lastYear {
		day = d
	}
	hour := f.cfg.DayStart
	if day.Equal(midnight(now)) && now.Hour() >= hour {
		if hour = now.Hour() + 1; hour >= f.cfg.DayEnd {
			day, hour = day.AddDate(0, 0, 1), f.cfg.DayStart
		}
	}
	return time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, day.Location())
}

// again is the form as it was posted, with what is wrong.
func (f *entryForm) again(r *sdk.Request, wrong sdk.Faults) *sdk.Answer {
	return sdk.Again(f.page(wrong.Blame(ui.Fill(f.draw(r), r.PostForm), "agenda.form.refused")))
}

// page puts the form on its page.
func (f *entryForm) page(form *ui.Form) *ui.Page {
	page := ui.NewPage("agenda.form.new", ui.FormOf(form))
	page.Crumbs = []*ui.Link{ui.To("/", "agenda.title")}
	if f.series != nil {
		page.Title = ui.T("agenda.form.edit")
		page.Crumbs = append(page.Crumbs, ui.ToOf(f.one.path(), ui.S(f.series.Title)))
	}
	return page
}

// formPage shows the form of a new entry or of one to edit.
func formPage(r *sdk.Request) (*ui.Page, error) {
	f, err := openForm(r)
	if err != nil {
		return nil, err
	}
	return f.page(f.draw(r)), nil
}

// zoned is t in the zone, the zero time as it is.
func zoned(t time.Time, zone *time.Location) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(zone)
}
