package console

import (
	"net/url"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// TestProfileIsCorrected: the page says what a change brings, the change is in
// force in sessions that are open, and in the journal.
func TestProfileIsCorrected(t *testing.T) {
	b := newBench(t)
	lea, paul := personPath(b.member("lea").ID)+"/profil", personPath(b.member("paul").ID)+"/profil"
	has(t, "a person", b.ok("yann", "GET", personPath(b.member("lea").ID)), lea)
	has(t, "a teacher", b.ok("yann", "GET", lea), "changent aussitôt", "quitte sa classe", "prochain import")
	has(t, "a parent", b.ok("yann", "GET", paul), "ne verra plus rien de son enfant")
	has(t, "a pupil", b.ok("yann", "GET", personPath(b.member("ana").ID)+"/profil"), "son responsable ne sera plus lié")

	b.refuses("lea", "GET", rightsPath, errors.Denied)
	b.ok("yann", "POST", lea, "profil", "direction")
	b.ok("lea", "GET", rightsPath) // the same session
	b.ok("yann", "POST", lea, "profil", "personnel")
	b.refuses("lea", "GET", rightsPath, errors.Denied)
	if m := b.member("lea"); m.Profile != ids.Personnel || len(m.Groups) != 1 {
		t.Errorf("%+v", m)
	}
	b.ok("yann", "POST", paul, "profil", "personnel")
	if m := b.member("ana"); len(m.Guardians) != 0 {
		t.Errorf("still guarded: %+v", m)
	}
	if s := b.session("paul"); s.Profile != ids.Personnel || len(s.Viewer.Children) != 0 {
		t.Errorf("%+v", s)
	}
	lines, _, err := b.Audit.List(t.Context(), college, audit.Query{Action: audit.RolesChanged, Object: b.member("paul").ID})
	if err != nil || len(lines) != 1 || lines[0].Actor != b.member("yann").Person() || lines[0].Details["before"] != "parent" || lines[0].Details["after"] != "personnel" {
		t.Errorf("journal %+v %v", lines, err)
	}
	b.ok("yann", "POST", lea, "profil", "enseignant")
	b.ok("yann", "POST", personPath(b.member("lea").ID)+"/roles", "roles", access.Administrateur)
	b.ok("yann", "POST", lea, "profil", "parent")
	if m := b.member("lea"); len(m.Roles)+len(m.Groups) > 0 {
		t.Errorf("a parent with roles or classes: %+v", m)
	}
	for _, bad := range []string{"", "roi"} {
		if a, err := b.visit("yann", "POST", lea, "profil", bad); err != nil || a.Status != 422 {
			t.Errorf("%q: %+v %v", bad, a, err)
		}
	}
	if a, err := b.visit("yann", "POST", personPath(b.member("yann").ID)+"/profil", "profil", "enseignant"); err != nil || a.Status != 422 {
		t.Errorf("the last head: %+v %v", a, err)
	}
}

// TestProfileIsNotForEverybody: another school's head, other profiles and who may
// not change rights are refused.
func TestProfileIsNotForEverybody(t *testing.T) {
	b := newBench(t)
	ana := personPath(b.member("ana").ID) + "/profil"
	for _, method := range []string{"GET", "POST"} {
		b.refuses("zoe", method, ana, errors.NotFound, "profil", "direction")
		for _, who := range []string{"ana", "paul", "lea", "vera"} {
			b.refuses(who, method, ana, errors.Denied, "profil", "direction")
		}
	}
	b.allow("viescolaire", access.Admin, access.AdminPeople)
	b.refuses("vera", "POST", ana, errors.Denied, "profil", "direction")
	b.refuses("vera", "POST", personPath(b.member("yann").ID)+"/profil", errors.Denied, "profil", "eleve")
	lacks(t, "who may not name a head", b.ok("vera", "GET", ana), `value="direction"`)
	if m := b.member("ana"); m.Profile != ids.Eleve {
		t.Errorf("%+v", m)
	}
	b.ok("vera", "POST", ana, "profil", "eleve")
}

// TestDeletedGroupComesBack: with those who were in it, for thirty days, in the
// school that deleted it.
func TestDeletedGroupComesBack(t *testing.T) {
	b := newBench(t)
	id := string(b.member("ana").Groups[0])
	back := groupPath(id) + "/retablir"
	b.refuses("yann", "POST", back, errors.NotFound)
	lacks(t, "nothing deleted", b.ok("yann", "GET", groupsPath), "Supprimés récemment")
	b.ok("yann", "POST", groupPath(id)+"/supprimer")
	if m := b.member("ana"); len(m.Groups) != 0 {
		t.Fatalf("%+v", m)
	}
	has(t, "deleted", b.ok("yann", "GET", groupsPath), "Supprimés récemment", "6e A", "2 personnes", back)
	lacks(t, "another school's", b.ok("zoe", "GET", groupsPath), back)
	b.refuses("zoe", "POST", back, errors.NotFound)
	for _, who := range []string{"ana", "paul", "lea", "vera"} {
		b.refuses(who, "POST", back, errors.Denied)
	}
	if to := b.ok("yann", "POST", back); to != groupPath(id) {
		t.Errorf("leads to %s", to)
	}
	for _, who := range []string{"ana", "lea"} {
		if m := b.member(who); len(m.Groups) != 1 || string(m.Groups[0]) != id {
			t.Errorf("%s: %+v", who, m)
		}
	}
	lacks(t, "restored", b.ok("yann", "GET", groupsPath), "Supprimés récemment")
	lines, _, err := b.Audit.List(t.Context(), college, audit.Query{Action: audit.GroupSaved, Object: id})
	if err != nil || len(lines) != 1 || lines[0].Details["members"] != "2" || lines[0].Details["restored"] != "true" {
		t.Errorf("journal %+v %v", lines, err)
	}

	b.ok("yann", "POST", groupPath(id)+"/supprimer")
	b.ok("yann", "POST", groupsPath, "nom", "6e a", "genre", identity.Classe)
	if to := b.ok("yann", "POST", back); to != groupsPath {
		t.Errorf("another of that name: leads to %s", to)
	}
	b.now = b.now.Add(identity.GroupKept + time.Minute)
	b.tokens = map[string]string{} // sessions ended meanwhile
	lacks(t, "a month later", b.ok("yann", "GET", groupsPath), "Supprimés récemment")
	b.refuses("yann", "POST", back, errors.NotFound)
}

// TestLabelsAndContactAreTheSchools: what a school calls things and whom it names
// are its own: another school's head changes theirs, nobody else anything.
func TestLabelsAndContactAreTheSchools(t *testing.T) {
	b := newBench(t)
	b.ok("yann", "POST", labelsPath+"?langue=fr", ":web.nav.home", "Le préau")
	b.ok("yann", "POST", contactPath, "nom", "Mme Référente", "courriel", "acces@example.org")
	for _, at := range []string{labelsPath, contactPath} {
		for _, who := range []string{"ana", "paul", "lea", "vera", "tom"} {
			b.refuses(who, "GET", at, errors.Denied)
			b.refuses(who, "POST", at, errors.Denied, ":web.nav.home", "Pirate", "nom", "Pirate")
		}
		lacks(t, "another school's head at "+at, b.ok("zoe", "GET", at), "Le préau", "Référente")
	}
	b.ok("zoe", "POST", labelsPath+"?langue=fr", ":web.nav.home", "Le large", "nom", "x")
	b.ok("zoe", "POST", contactPath, "nom", "M. Ailleurs")
	has(t, "labels", b.ok("yann", "GET", labelsPath), "Le préau")
	has(t, "contact", b.ok("yann", "GET", contactPath), "Mme Référente", "acces@example.org")
	lacks(t, "contact", b.ok("yann", "GET", contactPath), "Ailleurs")
	b.refuses("yann", "GET", labelsPath+"?langue="+url.QueryEscape("../fr"), errors.NotFound)
	b.refuses("yann", "POST", labelsPath+"?langue=xx", errors.NotFound, ":web.nav.home", "Pirate")
}
