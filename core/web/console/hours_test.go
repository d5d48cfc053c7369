package console

import (
	"testing"
	"time"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/notify"
)

// TestHours: a school's own hours and holidays, on record, and no other school's.
func TestHours(t *testing.T) {
	b := newBench(t)
	for _, path := range []string{hoursPath, newsPath} {
		a, err := b.visit("yann", "GET", path)
		b.must(err)
		has(t, "nothing listed yet: "+path, b.show(a, "fr"), `href="`+path+`#n-`+newOne+`"`, `id="n-`+newOne+`"`)
	}
	b.ok("yann", "POST", hoursPath, "ouvre", "450", "ferme", "1110", "semaine", "on")
	b.ok("yann", "POST", holidayPath, "nom", "Noël", "du", "2026-12-19", "au", "2027-01-03")
	b.ok("yann", "POST", holidayPath, "nom", "Toussaint", "du", "2026-10-17", "au", "2026-11-02")
	h, err := b.Notify.Hours(t.Context(), college)
	b.must(err)
	if h.Opens != 450 || h.Closes != 1110 || !h.WeekEnds || h.Always || len(h.Holidays) != 2 || h.Holidays[0].Name != "Toussaint" {
		t.Errorf("%+v", h)
	}
	a, err := b.visit("yann", "GET", hoursPath)
	b.must(err)
	has(t, "the page", b.show(a, "fr"), "Toussaint", "Noël", `value="450"`, "serveur de courriel")
	b.ok("yann", "POST", openPath, "du", "2026-12-19", "au", "2027-01-03")
	if h, _ = b.Notify.Hours(t.Context(), college); len(h.Holidays) != 1 {
		t.Errorf("%+v", h.Holidays)
	}
	if other, _ := b.Notify.Hours(t.Context(), lycee); other.Opens != notify.UsualHours().Opens || len(other.Holidays) != 0 {
		t.Errorf("the other school: %+v", other)
	}
	list, _, err := b.Audit.List(t.Context(), college, audit.Query{Action: audit.HoursChanged})
	b.must(err)
	if len(list) != 4 || list[0].Actor == "" {
		t.Errorf("on record: %d", len(list))
	}
	for name, form := range map[string][]string{"closes first": {"ouvre", "600", "ferme", "600"}, "backwards": {"ouvre", "1200", "ferme", "420"}} {
		if a, err := b.visit("yann", "POST", hoursPath, form...); err != nil || a.Status != 422 {
			t.Errorf("%s: %+v %v", name, a, err)
		}
	}
	for name, form := range map[string][]string{"no name": {"nom", " ", "du", "2026-10-17", "au", "2026-10-18"}, "backwards": {"nom", "x", "du", "2026-10-17", "au", "2026-10-01"}, "no day": {"nom", "x", "du", "", "au", "x"}} {
		if a, err := b.visit("yann", "POST", holidayPath, form...); err != nil || a.Status != 422 {
			t.Errorf("%s: %+v %v", name, a, err)
		}
	}
	if a, err := b.visit("yann", "POST", tryMailPath); err != nil || a.Said.GetKey() != "console.mail.off" {
		t.Errorf("a try without a server: %+v %v", a, err)
	}
}

// TestHoursThatHideAnnouncements: who changes the hours so that families will not
// read an announcement is told so, and led to it when they may change it.
func TestHoursThatHideAnnouncements(t *testing.T) {
	b := newBench(t)
	b.now = time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC)
	b.ok("yann", "POST", newsPath, "genre", kindBanner, "texte", "Grève", "profils", "parent", "jusqua", "2026-11-25T09:00")
	lacks(t, "before", b.ok("yann", "GET", hoursPath), "Grève")
	b.ok("yann", "POST", hoursPath, "ouvre", "600", "ferme", "1110")
	has(t, "the hours", b.ok("yann", "GET", hoursPath), "sera terminée avant", "Grève", "demain à 9 h", "demain à 10 h", `href="`+newsPath+"/")
	list := b.ok("yann", "GET", newsPath)
	has(t, "the announcements", list, "Les familles ne la liront pas")
	lacks(t, "the announcements", list, "Paraîtra")
	b.allow("viescolaire", access.Admin, access.AdminHours)
	seen := b.ok("vera", "GET", hoursPath)
	has(t, "who may not announce", seen, "Grève")
	lacks(t, "who may not announce", seen, `href="`+newsPath+"/")
	b.ok("yann", "POST", hoursPath, "ouvre", "420", "ferme", "1110")
	lacks(t, "afterwards", b.ok("yann", "GET", hoursPath), "Grève")
}
