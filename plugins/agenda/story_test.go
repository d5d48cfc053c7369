package main

import (
	"net/url"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

const september = "/?vue=liste&date=2026-09-15"

// A teacher adds to a class: its pupils and their parents see it, under the
// right child, and nobody else.
func TestTeacherAddsForAClass(t *testing.T) {
	c := newCast(t)
	path := c.adds(t, c.prof, values())
	for _, p := range []ids.PersonID{c.lea, c.tom, c.prof, c.mother, c.father} {
		same(t, string(p), c.shows(p, september), "17/09 10:00 Contrôle de grammaire")
	}
	for _, p := range []ids.PersonID{c.zoe, c.max, c.other, c.nosy, c.head, c.office, c.secretary, c.colleague} {
		same(t, string(p), c.shows(p, september))
	}
	same(t, "the colleague looks at the class", c.shows(c.colleague, september+"&agenda=g%3A6e-a"), "17/09 10:00 Contrôle de grammaire")
	same(t, "the head looks at the class", c.shows(c.head, september+"&agenda=g%3A6e-a"), "17/09 10:00 Contrôle de grammaire")
	about := plugintest.All[*ui.Entry](c.As(c.mother).Get(september))[0].About
	if len(about) != 1 || about[0].Name != "Léa" {
		t.Errorf("about %v", about)
	}
	same(t, "looking at Zoé", written(plugintest.All[*ui.Entry](c.As(c.mother).LookingAt(c.zoe).Get(september))))
	plugintest.Has(t, c.As(c.lea).Get(path), "Contrôle de grammaire", "Salle 12", "Apprenez **tout**.", "6e A", "Anne Durand", "agenda.when.hours")
	e := c.Event(eventChanged)
	for _, p := range []ids.PersonID{c.lea, c.tom, c.mother, c.father, c.prof, c.colleague} {
		if !contains(e.People, p) {
			t.Errorf("%s is not touched: %v", p, e.People)
		}
	}
	if contains(e.People, c.zoe) || contains(e.People, c.nosy) {
		t.Errorf("touched: %v", e.People)
	}
}

func contains(list []ids.PersonID, p ids.PersonID) bool {
	for _, one := range list {
		if one == p {
			return true
		}
	}
	return false
}

// What is for colleagues too, they see among their own.
func TestColleagues(t *testing.T) {
	c := newCast(t)
	c.adds(t, c.prof, values(with("collegues", "on")))
	same(t, "colleague", c.shows(c.colleague, september), "17/09 10:00 Contrôle de grammaire")
	same(t, "stranger", c.shows(c.other, september))
}

// Personal entries are their owner's alone.
func TestPersonal(t *testing.T) {
	c := newCast(t)
	for _, p := range c.everybody() {
		c.adds(t, p, values(with("agenda", "p:"+string(p)), with("titre", "De "+string(p))))
	}
	for _, p := range c.everybody() {
		same(t, string(p), c.shows(p, september), "17/09 10:00 De "+string(p))
	}
}

// The school's calendar is for everybody, and kept by the office and the head.
func TestSchool(t *testing.T) {
	c := newCast(t)
	c.adds(t, c.office, values(with("agenda", "e"), with("titre", "Portes ouvertes"), with("journee", "on"), with("fin", "2026-09-18")))
	for _, p := range c.everybody() {
		same(t, string(p), c.shows(p, september), "17/09 00:00 Portes ouvertes")
		plugintest.Has(t, c.As(p).Get(september), "agenda.until")
	}
	a := c.As(c.prof).Post("/nouvelle", values(with("agenda", "e")))
	if a.Status != 422 || !plugintest.Says(a.Page, "agenda.form.calendar.foreign") {
		t.Errorf("a teacher writes for the school: %s", a)
	}
}

// All views hold the same entry, each in its span.
func TestViews(t *testing.T) {
	c := newCast(t)
	c.adds(t, c.prof, values())
	for path, want := range map[string]int{
		"/":                               1,
		"/?vue=semaine&date=2026-09-18":   1,
		"/?vue=semaine&date=2026-09-21":   0,
		"/?vue=jour&date=2026-09-17":      1,
		"/?vue=jour&date=2026-09-16":      0,
		"/?vue=mois&date=2026-09-30":      1,
		"/?vue=mois&date=2026-10-15":      0,
		"/?vue=liste&date=2026-08-25":     1,
		"/?vue=liste&date=2026-09-18":     0,
		"/?vue=rien&date=hier":            1,
		"/?agenda=moi":                    0,
		"/?agenda=etablissement":          0,
		"/?agenda=g%3Alatin":              0,
		"/?agenda=g%3A6e-a&vue=jour":      0,
		"/?vue=mois&date=9999-12-31":      1,
		"/?date=2026-09-15&vue=semaine&x": 1,
	} {
		page := c.As(c.prof).Get(path)
		if got := len(plugintest.All[*ui.Entry](page)); got != want {
			t.Errorf("%s holds %d entries, want %d", path, got, want)
		}
		if cal := calendarOf(page); cal == nil || cal.Path == "" || cal.Add == nil && path != "/?agenda=etablissement" {
			t.Errorf("%s: %v", path, cal)
		}
		if want == 0 {
			plugintest.Has(t, page, "agenda.empty.next")
		}
	}
	refusal(t, c.As(c.prof).Do("GET", "/?agenda=g%3A6e-b", nil), "foreign class", errors.NotFound)
	refusal(t, c.As(c.prof).Do("GET", "/?agenda=p%3Alea-martin", nil), "somebody else", errors.NotFound)
}

func calendarOf(page *ui.Page) *wire.Calendar {
	for _, n := range page.Nodes {
		if cal := n.GetCalendar(); cal != nil {
			return cal
		}
	}
	return nil
}

// What overlaps is said, in the calendar, on the page and when it is saved.
func TestConflicts(t *testing.T) {
	c := newCast(t)
	c.adds(t, c.prof, values(with("collegues", "on")))
	a := c.As(c.prof).Post("/nouvelle", values(with("titre", "Latin"), with("agenda", "g:latin"), with("debut", "2026-09-17T10:30"), with("fin", "2026-09-17T11:30")))
	if a.Flash.GetKey() != "agenda.saved.clash" {
		t.Errorf("saved: %s", a)
	}
	plugintest.Has(t, a.Follow(), "agenda.meanwhile", "Contrôle de grammaire")
	for _, p := range []ids.PersonID{c.prof, c.tom} { // both in 6e A and in Latin
		list := plugintest.All[*ui.Entry](c.As(p).Get(september))
		if len(list) != 2 || list[0].Tone != ui.Warn || list[1].Detail.GetKey() != "agenda.clash" {
			t.Errorf("%s: %v", p, list)
		}
	}
	for _, e := range plugintest.All[*ui.Entry](c.As(c.mother).Get(september)) { // of Léa in 6e A and Zoé in Latin
		if e.Detail.GetKey() == "agenda.clash" {
			t.Error("two children may be in two places")
		}
	}
}

// Other modules' entries are in every view; one that is missing is named.
func TestOthers(t *testing.T) {
	c := newCast(t)
	c.OtherCalendar("devoirs", &ui.Entry{Id: "h1", Title: ui.S("Récit"), Start: ui.At(paris(2026, 9, 17, 8, 0)), Icon: ui.IconHomework, Link: &ui.Link{Path: "/devoir/h1"}})
	for _, path := range []string{"/", september, "/?vue=jour&date=2026-09-17", "/?vue=mois"} {
		list := plugintest.All[*ui.Entry](c.As(c.lea).Get(path))
		if len(list) != 1 || list[0].Link.Module != "devoirs" || list[0].Icon != ui.IconHomework {
			t.Errorf("%s: %v", path, list)
		}
	}
	for _, w := range []string{"semaine"} {
		if list := plugintest.All[*ui.Entry](c.As(c.lea).Widget(w)); len(list) != 1 {
			t.Errorf("%s: %v", w, list)
		}
	}
	same(t, "only the class", c.shows(c.lea, "/?agenda=g%3A6e-a"))
	nodes := (&Reading{Missing: []ids.ModuleID{"devoirs", ""}}).banners()
	page := ui.NewPage("agenda.title", nodes...)
	plugintest.Has(t, page, "agenda.missing", "devoirs", "agenda.missing.all")
}

// Words typed stay, faults are at their fields, nothing is saved.
func TestFormRefusals(t *testing.T) {
	c := newCast(t)
	for _, x := range []struct {
		change func(url.Values)
		field  string
		key    string
	}{
		{with("titre", " "), "titre", "error.field.required"},
		{with("debut", ""), "debut", "error.field.required"},
		{with("debut", "bientôt"), "debut", "error.field.date"},
		{with("debut", "1950-01-01T10:00"), "debut", "agenda.form.start.far"},
		{with("fin", "2026-09-17T09:00"), "fin", "agenda.form.end.before"},
		{with("fin", "2029-09-17T09:00"), "fin", "agenda.form.end.far"},
		{with("agenda", "g:6e-b"), "agenda", "agenda.form.calendar.foreign"},
		{with("agenda", "p:tom-petit"), "agenda", "agenda.form.calendar.foreign"},
		{with("agenda", "x"), "agenda", "agenda.form.calendar.foreign"},
		{with("repetition", "semaine"), "jusquau", "agenda.form.until.missing"},
		{with("repetition", "toujours"), "repetition", "error.field.choice"},
		{with("repetition", "autre"), "repetition", "error.field.choice"},
		{weekly("2026-09-01"), "jusquau", "agenda.form.until.before"},
		{weekly("2036-09-01"), "jusquau", "agenda.form.until.far"},
		{func(v url.Values) { weekly("2026-12-01")(v); v.Set("nombre", "3") }, "nombre", "agenda.form.count.both"},
		{with("nombre", "-1"), "nombre", "error.field.number"},
	} {
		a := c.As(c.prof).Post("/nouvelle", values(with("texte", "Mes mots à garder"), x.change))
		if a.Status != 422 {
			t.Errorf("%s: %s", x.key, a)
			continue
		}
		form := plugintest.FormTo(t, a.Page, "/nouvelle")
		if got := plugintest.FieldOf(t, form, x.field).Error.GetKey(); got != x.key {
			t.Errorf("%s says %q, want %q", x.field, got, x.key)
		}
		plugintest.Has(t, form, "Mes mots à garder", "agenda.form.refused")
	}
	same(t, "nothing saved", c.shows(c.prof, september))
}

// A school may keep its teachers from adding to classes.
func TestTeachersMayNot(t *testing.T) {
	c := newCast(t)
	path := c.adds(t, c.prof, values())
	c.Set(map[string]any{"teachers_add": false})
	if a := c.As(c.prof).Post("/nouvelle", values()); a.Status != 422 {
		t.Errorf("added: %s", a)
	}
	refusal(t, c.As(c.prof).Do("GET", "/entree/"+idOf(path)+"/modifier", nil), "edit", errors.NotFound)
	same(t, "still there", c.shows(c.prof, september), "17/09 10:00 Contrôle de grammaire")
	c.adds(t, c.office, values(with("titre", "Autre"), with("debut", "2026-09-18T10:00"), with("fin", "2026-09-18T11:00")))
}

// Weekends may be left off the week, but not unseen.
func TestWeekends(t *testing.T) {
	c := newCast(t)
	c.adds(t, c.lea, values(with("agenda", "p:lea-martin"), with("debut", "2026-09-19T10:00"), with("fin", "2026-09-19T11:00")))
	same(t, "shown", c.shows(c.lea, "/"), "19/09 10:00 Contrôle de grammaire")
	c.Set(map[string]any{"weekends": false})
	same(t, "hidden", c.shows(c.lea, "/"))
	plugintest.Has(t, c.As(c.lea).Get("/"), "agenda.weekend.hidden")
	same(t, "the list", c.shows(c.lea, september), "19/09 10:00 Contrôle de grammaire")
}

// A family's week goes day by day, child after child.
func TestFamily(t *testing.T) {
	c := newCast(t)
	c.adds(t, c.prof, values())
	c.adds(t, c.other, values(with("agenda", "g:6e-b"), with("titre", "Sortie")))
	c.adds(t, c.head, values(with("agenda", "e"), with("titre", "Photo")))
	page := c.As(c.mother).Get("/famille?date=2026-09-17")
	plugintest.Has(t, page, "agenda.family.all", "Léa", "Zoé", "Contrôle de grammaire", "Sortie", "Photo")
	plugintest.HasNot(t, c.As(c.mother).LookingAt(c.zoe).Get("/famille?date=2026-09-17"), "Contrôle de grammaire")
	plugintest.Has(t, c.As(c.mother).Get("/famille?date=2026-10-17"), "agenda.empty")
	plugintest.HasNot(t, c.As(c.nosy).Get("/famille?date=2026-09-17"), "Contrôle de grammaire")
}

// A copy begins with everything but the person.
func TestCopy(t *testing.T) {
	c := newCast(t)
	path := c.adds(t, c.prof, values())
	v := c.As(c.lea)
	copied := plugintest.LinkTo(t, v.Get(path), "/nouvelle?copie=").Path
	a := v.Submit(v.Get(copied), "/nouvelle", nil)
	if a.Location == "" {
		t.Fatal(a)
	}
	same(t, "in her own calendar", c.shows(c.lea, september+"&agenda=moi"), "17/09 10:00 Contrôle de grammaire")
	refusal(t, c.As(c.max).Do("GET", copied, nil), "copy of what one does not see", errors.NotFound)
}
