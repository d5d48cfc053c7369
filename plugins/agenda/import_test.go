package main

import (
	"net/url"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
)

// timetable is a file as calendar programs write it: a repeated lesson with an
// exception and a moved occurrence, a lesson in UTC, a trip of two days.
const timetable = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//École//Emploi du temps//FR
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:maths@ecole
DTSTAMP:20260901T000000Z
DTSTART;TZID=Europe/Paris:20260914T080000
DTEND;TZID=Europe/Paris:20260914T085500
RRULE:FREQ=WEEKLY;UNTIL=20261012T215959Z
EXDATE;TZID=Europe/Paris:20260928T080000
SUMMARY:Mathématiques\, groupe 1
LOCATION:Salle 8
DESCRIPTION:Professeur : LEROY P.\nApporter le compas
END:VEVENT
BEGIN:VEVENT
UID:maths@ecole
RECURRENCE-ID;TZID=Europe/Paris:20260921T080000
DTSTART;TZID=Europe/Paris:20260922T100000
DTEND;TZID=Europe/Paris:20260922T105500
SUMMARY:Mathématiques déplacées
END:VEVENT
BEGIN:VEVENT
UID:francais@ecole
DTSTART:20260915T120000Z
DURATION:PT55M
SUMMARY:Français
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:sortie@ecole
DTSTART;VALUE=DATE:20260917
DTEND;VALUE=DATE:20260919
SUMMARY:Classe de mer
END:VEVENT
END:VCALENDAR
`

func icsFile(src string) plugintest.Upload {
	return plugintest.Upload{Field: "fichier", Name: "edt.ics", Content: []byte(strings.ReplaceAll(src, "\n", "\r\n"))}
}

// reads sends a file and returns the preview.
func (c *cast) reads(t *testing.T, who ids.PersonID, src string, change ...func(url.Values)) (*ui.Page, string) {
	t.Helper()
	form := url.Values{"agenda": {"g:6e-a"}}
	for _, f := range change {
		f(form)
	}
	v := c.As(who)
	a := v.Submit(v.Get("/importer"), "/importer", form, icsFile(src))
	if a.Location == "" {
		t.Fatalf("not read: %s", a)
	}
	return a.Follow(), a.Location
}

// takes reads a file and confirms it.
func (c *cast) takes(t *testing.T, who ids.PersonID, src string, change ...func(url.Values)) {
	t.Helper()
	page, path := c.reads(t, who, src, change...)
	if a := c.As(who).Press(page, path); a.Flash.GetKey() != "agenda.import.done" {
		t.Fatalf("not imported: %s", a)
	}
}

var imported = []string{
	"14/09 08:00 Mathématiques, groupe 1", "15/09 14:00 Français x", "17/09 00:00 Classe de mer", "22/09 10:00 Mathématiques déplacées",
	"05/10 08:00 Mathématiques, groupe 1", "12/10 08:00 Mathématiques, groupe 1",
}

const fromMonday = "/?vue=liste&date=2026-09-14"

func TestImport(t *testing.T) {
	c := newCast(t)
	page, path := c.reads(t, c.prof, timetable)
	plugintest.Has(t, page, "edt.ics", "6e A", "agenda.import.create", "Français", "agenda.repeat.week")
	same(t, "nothing before it is confirmed", c.shows(c.lea, fromMonday))
	if a := c.As(c.prof).Press(page, path); a.Location != "/?agenda=g%3A6e-a" {
		t.Fatal(a)
	}
	same(t, "imported", c.shows(c.lea, fromMonday), imported[:5]...)
	same(t, "the last", c.shows(c.lea, "/?vue=liste&date=2026-10-06"), imported[5])
	same(t, "the teacher's own", c.shows(c.prof, fromMonday), imported[:5]...)
	refusal(t, c.As(c.prof).Post(path, nil), "confirmed twice", errors.NotFound)
	if audited := c.Audited(); len(audited) != 1 || audited[0].Action != "agenda.imported" || audited[0].Details["created"] != "4" {
		t.Errorf("audit: %v", audited)
	}

	page, _ = c.reads(t, c.prof, timetable)
	plugintest.Has(t, page, "agenda.import.uptodate")
	if buttons := plugintest.All[*ui.Action](page); len(buttons) > 0 {
		t.Errorf("nothing to import, but %v", buttons)
	}
}

// A changed file changes what is in it, takes away what is asked for, and
// leaves what was changed by hand.
func TestImportAgain(t *testing.T) {
	c := newCast(t)
	c.takes(t, c.prof, timetable)
	v := c.As(c.prof)
	lesson := plugintest.All[*ui.Entry](v.Get("/?vue=jour&date=2026-10-05"))[0].Link.Path
	id, fois, _ := strings.Cut(lesson, "?")
	if a := v.Submit(v.Get(id+"/modifier?"+fois), id+"/modifier", url.Values{"titre": {"Contrôle"}}); a.Location == "" {
		t.Fatal(a)
	}
	next := strings.ReplaceAll(timetable, "Salle 8", "Salle 9")
	next = next[:strings.Index(next, "BEGIN:VEVENT\nUID:sortie")] + "END:VCALENDAR\n"
	c.takes(t, c.prof, next, with("menage", "on"))
	same(t, "after the second import", c.shows(c.lea, fromMonday), imported[0], imported[1], imported[3], "05/10 08:00 Contrôle")
	plugintest.Has(t, c.As(c.lea).Get("/?vue=jour&date=2026-09-14"), "Salle 9")
	page, _ := c.reads(t, c.prof, next, with("menage", "on"))
	plugintest.Has(t, page, "agenda.import.uptodate")
}

// The office imports for any class; lessons are known by their teachers' names.
func TestImportByTheOffice(t *testing.T) {
	c := newCast(t)
	c.takes(t, c.office, timetable)
	same(t, "pupil", c.shows(c.lea, fromMonday), imported[:5]...)
	same(t, "Leroy's own", c.shows(c.colleague, fromMonday), imported[0], imported[4])
	same(t, "none of Durand's", c.shows(c.prof, fromMonday))
	page, _ := c.reads(t, c.prof, timetable)
	plugintest.Has(t, page, "agenda.import.foreign", "agenda.import.refused")
	if buttons := plugintest.All[*ui.Action](page); len(buttons) > 0 {
		t.Errorf("refused, but %v", buttons)
	}
}

// What is wrong with an event is said with its line and identifier, and nothing
// at all is imported.
func TestImportFaults(t *testing.T) {
	event := func(lines string) string {
		return "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:good\nDTSTART:20260914T080000Z\nSUMMARY:Bon\nEND:VEVENT\nBEGIN:VEVENT\nUID:bad\n" +
			lines + "\nEND:VEVENT\nEND:VCALENDAR\n"
	}
	const rest = "SUMMARY:x\nDTSTART:20260914T080000Z"
	for _, x := range []struct{ lines, key string }{
		{"SUMMARY:x", "agenda.import.start"},
		{"DTSTART:20260914T080000Z", "agenda.import.title"},
		{"SUMMARY:x\nDTSTART:demain", "agenda.import.start"},
		{"SUMMARY:x\nDTSTART:15260914T080000Z", "agenda.import.start"},
		{"SUMMARY:x\nDTSTART;TZID=Lune/Tycho:20260914T080000", "agenda.import.zone"},
		{rest + "\nDTEND:20260914T070000Z", "agenda.import.end"},
		{rest + "\nDTEND:20290914T070000Z", "agenda.import.end"},
		{rest + "\nDTEND;VALUE=DATE:20260915", "agenda.import.end"},
		{rest + "\nDURATION:longtemps", "agenda.import.end"},
		{rest + "\nRRULE:FREQ=SECONDLY", "agenda.import.rule"},
		{rest + "\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY", "agenda.import.rule"},
		{rest + "\nRRULE:FREQ=DAILY\nEXDATE:jamais", "agenda.import.exdate"},
		{rest + "\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260914T080000Z", "agenda.import.recurrence"},
		{strings.Replace(rest, "SUMMARY:x", "SUMMARY:x\nUID:good", 1), "agenda.import.uid.twice"},
	} {
		src := event(x.lines)
		if x.key == "agenda.import.uid.twice" {
			src = strings.Replace(strings.Replace(src, "UID:bad\n", "", 1), "\nUID:good\nDTSTART", "\nUID:good\nDTSTART", 1)
		}
		c := newCast(t)
		page, path := c.reads(t, c.prof, src)
		plugintest.Has(t, page, x.key, "agenda.import.refused")
		if x.key != "agenda.import.uid.twice" {
			plugintest.Has(t, page, "bad")
		}
		for _, a := range plugintest.All[*ui.Arg](page) {
			if a.Name == "line" && a.GetN() != 8 {
				t.Errorf("%s: line %d", x.key, a.GetN())
			}
		}
		refusal(t, c.As(c.prof).Post(path, nil), x.key, errors.Conflict)
		same(t, x.key, c.shows(c.lea, fromMonday))
	}
}

// A file that is none is refused at its field, whole.
func TestImportRefused(t *testing.T) {
	c := newCast(t)
	for _, x := range []struct {
		src, key string
	}{
		{"", "agenda.import.nocalendar"},
		{"nom;prénom\n", "agenda.import.nocalendar"},
		{"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "agenda.import.noevent"},
		{timetable[:len(timetable)-20], "agenda.import.cut"},
		{"BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:X\n", 100000), "agenda.import.broken.line"},
		{strings.ReplaceAll(timetable, "é", "\xe9"), "agenda.import.encoding"},
		{"BEGIN:VCALENDAR\nBEGIN:VEVENT\nnothing\nEND:VEVENT\nEND:VCALENDAR\n", "agenda.import.broken"},
		{"BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VEVENT\nEND:VEVENT\n", maxEvents+1) + "END:VCALENDAR\n", "agenda.import.events"},
		{"BEGIN:VCALENDAR\n" + strings.Repeat("X", maxFile), "agenda.import.large"},
	} {
		a := c.As(c.prof).PostFiles("/importer", url.Values{"agenda": {"g:6e-a"}}, icsFile(x.src))
		if a.Status != 422 || plugintest.FieldOf(t, plugintest.FormTo(t, a.Page, "/importer"), "fichier").Error.GetKey() != x.key {
			t.Errorf("want %s: %s", x.key, a)
		}
	}
	for _, x := range []struct {
		form  url.Values
		field string
		key   string
	}{
		{url.Values{"agenda": {"g:6e-a"}}, "fichier", "agenda.import.none"},
		{url.Values{"agenda": {"g:6e-b"}}, "agenda", "agenda.form.calendar.foreign"},
		{url.Values{"agenda": {"p:anne-durand"}}, "agenda", "agenda.form.calendar.foreign"},
		{url.Values{"agenda": {"g:6e-a"}, "adresse": {"https://edt.example/x.ics"}}, "adresse", "agenda.fetch.host"},
		{url.Values{"agenda": {"g:6e-a"}, "adresse": {"http://edt.example/x.ics"}}, "adresse", "agenda.fetch.https"},
	} {
		a := c.As(c.prof).PostFiles("/importer", x.form)
		if a.Status != 422 || plugintest.FieldOf(t, plugintest.FormTo(t, a.Page, "/importer"), x.field).Error.GetKey() != x.key {
			t.Errorf("want %s: %s", x.key, a)
		}
	}
	if a := c.As(c.prof).PostFiles("/importer", url.Values{"agenda": {"g:6e-a"}}, icsFile(strings.Repeat("x", 7<<20))); a.Kind() != errors.TooLarge {
		t.Errorf("7 MiB: %s", a)
	}
}

func TestImportFromAddress(t *testing.T) {
	c := newCast(t)
	c.Outside("edt.example", answers())
	c.Set(map[string]any{"allowed_hosts": "autre.example edt.example"})
	a := c.As(c.office).PostFiles("/importer", url.Values{"agenda": {"g:6e-b"}, "adresse": {"https://EDT.example/edt.ics"}})
	page := a.Follow()
	plugintest.Has(t, page, "https://EDT.example/edt.ics", "6e B")
	c.As(c.office).Press(page, a.Location)
	same(t, "imported", c.shows(c.max, fromMonday), imported[:5]...)
}
