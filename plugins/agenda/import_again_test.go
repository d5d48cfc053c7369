package main

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/ui"
)

// What waits for the hour of publishing goes on waiting when a file changes it.
func TestImportKeepsTheHour(t *testing.T) {
	engine, err := bolt.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	space, err := engine.Open(t.Context(), "0750655E")
	if err != nil {
		t.Fatal(err)
	}
	now := paris(2026, 9, 15, 22, 0)
	prof := &sdk.Viewer{Person: "anne", Profile: ids.Enseignant, Groups: []sdk.Group{{ID: "6e-a"}}, Permissions: []ids.Permission{"agenda.class"}}
	lesson := func(place string) *Entry {
		return &Entry{Calendar: "g:6e-a", UID: "maths@ecole", Author: prof.Person, Title: "Mathématiques", Place: place, Print: place,
			Zone: home, Start: paris(2026, 9, 17, 8, 0), Length: 55, Lesson: true}
	}
	err = space.Update(t.Context(), func(tx store.Tx) error {
		first := lesson("Salle 8")
		first.ID, first.VisibleFrom = "one", seven
		return keep(tx, first, now)
	})
	if err != nil {
		t.Fatal(err)
	}
	var after *Entry
	err = space.Update(t.Context(), func(tx store.Tx) error {
		p, err := (&Import{Calendar: "g:6e-a", Entries: []*Entry{lesson("Salle 9")}}).plan(tx, prof, Settings{TeachersAdd: true})
		if err == nil {
			_, err = p.apply(tx, now)
		}
		if err == nil {
			after, err = entries.Get(tx, "one")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	pupil := &sdk.Viewer{Person: "lea", Profile: ids.Eleve}
	if after.Place != "Salle 9" || after.shownTo(pupil, now) || !after.shownTo(pupil, seven) {
		t.Errorf("in %s, families see it from %s on", after.Place, after.VisibleFrom)
	}
}

// What was said of entries that a file takes away is taken back, of single lessons of
// theirs too; of those that stay it is not.
func TestImportTakesNoticesBack(t *testing.T) {
	c := newCast(t)
	c.takes(t, c.prof, timetable)
	v := c.As(c.prof)
	told := map[string]string{} // by title, the key
	for _, day := range []string{"2026-09-17", "2026-10-05"} {
		e := plugintest.All[*ui.Entry](v.Get("/?vue=jour&date=" + day))[0]
		id, once, _ := strings.Cut(e.Link.Path, "?")
		if a := v.Submit(v.Get(id+"/modifier?"+once), id+"/modifier", url.Values{"lieu": {"Gymnase"}}); a.Location == "" {
			t.Fatal(a)
		}
		last := c.Notices()[len(c.Notices())-1]
		told[e.Title.GetPlain()] = last.Key
	}
	stays := idOf(plugintest.All[*ui.Entry](v.Get("/?vue=jour&date=2026-09-15"))[0].Link.Path)
	begin, event := strings.Index(timetable, "BEGIN:VEVENT"), func(uid string) int { return strings.Index(timetable, "BEGIN:VEVENT\nUID:"+uid) }
	c.takes(t, c.prof, timetable[:begin]+timetable[event("francais"):event("sortie")]+"END:VCALENDAR\n", with("menage", "on"))
	same(t, "after the second import", c.shows(c.lea, fromMonday), imported[1])
	if len(told) != 2 {
		t.Fatal(told)
	}
	for title, key := range told {
		if !c.takenBack(key) || !c.takenBack(key+":staff") {
			t.Errorf("%s: %s is not taken back: %v", title, key, c.Withdrawn())
		}
	}
	if slices.ContainsFunc(c.Withdrawn(), func(w plugintest.Withdrawn) bool { return strings.Contains(w.Key, stays) }) {
		t.Errorf("of what stays: %v", c.Withdrawn())
	}
}
