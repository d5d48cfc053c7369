package console

import (
	"testing"
	"time"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// read lists what somebody of a profile reads in the banner now.
func (b *bench) read(p ids.Profile) (out []string) {
	b.t.Helper()
	list, err := b.Home.Banner(b.t.Context(), &wire.Viewer{School: string(college), Profile: string(p)})
	b.must(err)
	for _, a := range list {
		out = append(out, a.Text)
	}
	return out
}

// TestAnnouncedAtNight: the author is told when families will read it, and so says
// the list; who may go past the hours does, and it is in the journal.
func TestAnnouncedAtNight(t *testing.T) {
	b := newBench(t)
	b.now = time.Date(2026, 11, 23, 22, 0, 0, 0, time.UTC)
	has(t, "before writing", b.ok("yann", "GET", newsPath), "fermée en ce moment", "paraîtra demain à 7 h", `name="urgent"`)
	a, err := b.visit("yann", "POST", newsPath, "genre", kindBanner, "texte", "Grève", "profils", "parent")
	b.must(err)
	if a.Said.GetKey() != "console.news.waits" || len(b.read(ids.Parent)) != 0 {
		t.Errorf("%v, and parents read %v", a.Said, b.read(ids.Parent))
	}
	b.ok("yann", "POST", newsPath, "genre", kindBanner, "texte", "Pour tous")
	has(t, "list", b.ok("yann", "GET", newsPath), "Paraîtra demain à 7 h", "Pour les familles, paraîtra demain à 7 h")
	if got := b.read(ids.Enseignant); len(got) != 1 || got[0] != "Pour tous" {
		t.Errorf("a teacher reads %v", got)
	}
	a, err = b.visit("yann", "POST", newsPath, "genre", kindBanner, "texte", "Week-end", "jusqua", "2026-11-24T06:00")
	if err != nil || a.Status != 422 {
		t.Errorf("over before families read it: %+v %v", a, err)
	}
	has(t, "its field", b.show(a, "fr"), "Les familles ne la liraient pas")

	a, err = b.visit("yann", "POST", newsPath, "genre", kindBanner, "texte", "Fermé demain", "urgent", "on")
	b.must(err)
	if got := b.read(ids.Parent); a.Said.GetKey() != "console.news.published" || len(got) != 1 || got[0] != "Fermé demain" {
		t.Errorf("urgent: %v, parents read %v", a.Said, got)
	}
	list, _, err := b.Audit.List(t.Context(), college, audit.Query{Action: audit.NoticeUrgent})
	b.must(err)
	if len(list) != 1 || string(list[0].Actor) != b.member("yann").ID {
		t.Errorf("on record: %+v", list)
	}
	b.now = time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC)
	clear(b.tokens) // a head’s session does not live that long
	if got := b.read(ids.Parent); len(got) != 3 {
		t.Errorf("at seven parents read %v", got)
	}
	lacks(t, "open again", b.ok("yann", "GET", newsPath), "fermée en ce moment", "paraîtra")
}

// TestUrgentNeedsItsRight: who may announce may not go past the hours for that;
// what somebody else decided they leave as it is, unless they say something else.
func TestUrgentNeedsItsRight(t *testing.T) {
	b := newBench(t)
	b.now = time.Date(2026, 11, 23, 22, 0, 0, 0, time.UTC)
	for _, p := range []ids.Permission{access.Admin, access.AdminBanner} {
		b.must(b.Access.Set(t.Context(), access.Change{School: college, Role: "viescolaire", Permission: p, Effect: access.Allow}))
	}
	lacks(t, "form", b.ok("vera", "GET", newsPath), `name="urgent"`)
	b.refuses("vera", "POST", newsPath, errors.Denied, "genre", kindBanner, "texte", "Vite", "urgent", "on")
	if got := b.read(ids.Enseignant); len(got) != 0 {
		t.Errorf("refused, and read: %v", got)
	}
	b.ok("yann", "POST", newsPath, "genre", kindBanner, "texte", "Fermé", "urgent", "on")
	all, err := b.Home.Announcements(t.Context(), college)
	b.must(err)
	at := newsPath + "/" + all[0].ID
	b.ok("vera", "POST", at, "genre", kindBanner, "texte", "Fermé", "jusqua", "2026-11-30T08:00")
	one := func() *home.Announcement {
		all, err := b.Home.Announcements(t.Context(), college)
		b.must(err)
		return all[0]
	}
	if a := one(); !a.Urgent || a.Until.IsZero() || len(b.read(ids.Parent)) != 1 {
		t.Errorf("another end takes the urgency away: %+v", a)
	}
	b.ok("vera", "POST", at, "genre", kindBanner, "texte", "Autre chose")
	if a := one(); a.Urgent || len(b.read(ids.Parent)) != 0 {
		t.Errorf("other words go out as urgent: %+v", a)
	}
}

// TestCorrectedAtNight: who corrects in the evening what families read is warned,
// before and when the form comes back, that other words are away until morning.
func TestCorrectedAtNight(t *testing.T) {
	b := newBench(t)
	b.ok("yann", "POST", newsPath, "genre", kindBanner, "texte", "Repas à 12 h")
	b.ok("yann", "POST", newsPath, "genre", kindBanner, "texte", "Conseil", "profils", "enseignant")
	b.ok("yann", "POST", newsPath, "genre", kindBanner, "texte", "Sortie", "du", "2026-12-04T10:00")
	at := map[string]string{}
	list, err := b.Home.Announcements(t.Context(), college)
	b.must(err)
	for _, a := range list {
		at[a.Text] = newsPath + "/" + a.ID
	}
	warned := "disparaîtra jusqu’à demain à 7 h"
	lacks(t, "by day", b.ok("yann", "GET", at["Repas à 12 h"]), "disparaîtra", "fermée en ce moment")
	b.now = time.Date(2026, 11, 23, 22, 0, 0, 0, time.UTC)
	clear(b.tokens)
	has(t, "in the evening", b.ok("yann", "GET", at["Repas à 12 h"]), warned, "cochez « Publier tout de suite")
	for _, p := range []ids.Permission{access.Admin, access.AdminBanner} {
		b.must(b.Access.Set(t.Context(), access.Change{School: college, Role: "viescolaire", Permission: p, Effect: access.Allow}))
	}
	page := b.ok("vera", "GET", at["Repas à 12 h"])
	has(t, "who may not hurry", page, warned)
	lacks(t, "who may not hurry", page, "cochez")
	a, err := b.visit("yann", "POST", at["Repas à 12 h"], "genre", kindBanner, "texte", "")
	b.must(err)
	has(t, "the form again", b.show(a, "fr"), warned)
	page = b.ok("yann", "GET", at["Conseil"])
	has(t, "not for families", page, "paraîtra demain à 7 h")
	lacks(t, "not for families", page, "disparaîtra")
	lacks(t, "begins next week", b.ok("yann", "GET", at["Sortie"]), "disparaîtra", "demain à")
	b.ok("yann", "POST", at["Repas à 12 h"], "genre", kindBanner, "texte", "Repas à 13 h")
	page = b.ok("yann", "GET", at["Repas à 12 h"])
	has(t, "away", page, "paraîtra demain à 7 h")
	lacks(t, "away", page, "disparaîtra")
}

// TestNewHoursMoveAnnouncements: through the page of the hours.
func TestNewHoursMoveAnnouncements(t *testing.T) {
	b := newBench(t)
	b.now = time.Date(2026, 11, 23, 22, 0, 0, 0, time.UTC)
	b.ok("yann", "POST", newsPath, "genre", kindBanner, "texte", "Grève")
	b.ok("yann", "POST", hoursPath, "ouvre", "540", "ferme", "1110")
	has(t, "list", b.ok("yann", "GET", newsPath), "paraîtra demain à 9 h")
	b.ok("yann", "POST", hoursPath, "ouvre", "540", "ferme", "1110", "toujours", "on")
	if got := b.read(ids.Parent); len(got) != 1 {
		t.Errorf("parents read %v", got)
	}
	has(t, "journal", b.ok("yann", "GET", journalPath), "à toute heure : oui", "de : 09:00")
}
