package console

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

func TestPeopleAreFound(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		query string
		want  string // first names among ana paul lea vera yann
	}{
		{"", "ana lea paul vera yann"},
		{"?q=AN", "ana"},
		{"?q=martin&profil=parent", "paul"},
		{"?profil=enseignant", "lea"},
		{"?profil=roi", ""},
		{"?partis=1", ""},
		{"?q=tom", ""},
	} {
		text := b.ok("yann", "GET", peoplePath+c.query)
		for _, name := range []string{"ana", "paul", "lea", "vera", "yann", "tom", "zoe"} {
			if wanted := strings.Contains(" "+c.want+" ", " "+name+" "); wanted != strings.Contains(text, name+" Martin") {
				t.Errorf("%q: %s shown %v", c.query, name, !wanted)
			}
		}
	}
	class := b.member("ana").Groups[0]
	text := b.ok("yann", "GET", peoplePath+"?classe="+url.QueryEscape(string(class)))
	has(t, "class", text, "ana Martin", "lea Martin")
	lacks(t, "class", text, "paul Martin")
	b.refuses("yann", "GET", peoplePath+"?suite=garbage", errors.Invalid)
}

func TestOnePerson(t *testing.T) {
	b := newBench(t)
	text := b.ok("yann", "GET", personPath(b.member("ana").ID))
	has(t, "pupil", text, "ana Martin", "Responsables", "paul Martin", "6e A", "/mot-de-passe", "/depart")
	lacks(t, "pupil", text, "/roles")
	has(t, "parent", b.ok("yann", "GET", personPath(b.member("paul").ID)), "Enfants", "ana Martin")
	has(t, "teacher", b.ok("yann", "GET", personPath(b.member("lea").ID)), "/roles", "Administrateur")
	for _, at := range []struct{ method, end string }{{"GET", ""}, {"POST", "/mot-de-passe"}, {"POST", "/depart"}, {"POST", "/retour"}, {"POST", "/classes"}, {"POST", "/roles"}} {
		b.refuses("yann", at.method, personPath(b.member("tom").ID)+at.end, errors.NotFound)
		b.refuses("ana", at.method, personPath(b.member("paul").ID)+at.end, errors.Denied)
		b.refuses("lea", at.method, personPath(b.member("ana").ID)+at.end, errors.Denied)
	}
}

func TestNewPasswordIsShownOnceAndWorks(t *testing.T) {
	b := newBench(t)
	ana := b.member("ana")
	text := b.ok("yann", "POST", personPath(ana.ID)+"/mot-de-passe")
	password := regexp.MustCompile(`[a-z]{5}-[a-z]{5}-[a-z]{5}`).FindString(text)
	if password == "" {
		t.Fatal("no password on the page")
	}
	if _, _, err := b.Identity.SignIn(t.Context(), "ana", b.passwords["ana"], ""); errors.KindOf(err) != errors.Invalid {
		t.Errorf("the old password: %v", err)
	}
	_, sess, err := b.Identity.SignIn(t.Context(), "ana", password, "")
	if err != nil || !sess.MustChange {
		t.Errorf("%+v %v", sess, err)
	}
	lacks(t, "afterwards", b.ok("yann", "GET", personPath(ana.ID)), password)
	lines, _, err := b.Audit.List(t.Context(), college, audit.Query{Action: audit.PasswordReset})
	if err != nil || len(lines) != 1 || lines[0].Actor != b.member("yann").Person() {
		t.Errorf("journal %v %v", lines, err)
	}
}

// TestHelpersCannotTakeOverTheSchool: who may manage people, but not rights,
// leaves those who run the school alone.
func TestHelpersCannotTakeOverTheSchool(t *testing.T) {
	b := newBench(t)
	b.allow("viescolaire", access.Admin, access.AdminPeople)
	head, vera := personPath(b.member("yann").ID), personPath(b.member("vera").ID)
	for _, end := range []string{"/mot-de-passe", "/depart", "/retour", "/classes"} {
		b.refuses("vera", "POST", head+end, errors.Denied)
	}
	text := b.ok("vera", "GET", head)
	has(t, "head seen by school life", text, "Seule une personne")
	lacks(t, "head seen by school life", text, "/mot-de-passe", "/depart")
	b.refuses("vera", "POST", vera+"/roles", errors.Denied, "roles", access.Administrateur)
	b.ok("vera", "POST", personPath(b.member("ana").ID)+"/mot-de-passe")
}

func TestRolesLeavingAndReturning(t *testing.T) {
	b := newBench(t)
	lea := personPath(b.member("lea").ID)
	b.ok("yann", "POST", lea+"/roles", "roles", access.Administrateur)
	b.ok("lea", "GET", rightsPath) // in force
	b.refuses("yann", "POST", lea+"/roles", errors.Invalid, "roles", "roi")
	b.ok("yann", "POST", lea+"/roles")
	b.refuses("lea", "GET", rightsPath, errors.Denied)
	b.refuses("yann", "POST", personPath(b.member("yann").ID)+"/depart", errors.Conflict)
	b.ok("yann", "POST", lea+"/depart")
	has(t, "who left", b.ok("yann", "GET", peoplePath+"?partis=1"), "lea Martin")
	text := b.ok("yann", "GET", lea)
	has(t, "who left", text, "/retour")
	lacks(t, "who left", text, "/mot-de-passe", "/classes\"")
	if _, _, err := b.Identity.SignIn(t.Context(), "lea", b.passwords["lea"], ""); errors.KindOf(err) != errors.Denied {
		t.Errorf("sign-in of who left: %v", err)
	}
	b.ok("yann", "POST", lea+"/retour")
	if m := b.member("lea"); m.Left || m.Profile != ids.Enseignant {
		t.Errorf("%+v", m)
	}
}

func TestJournal(t *testing.T) {
	b := newBench(t)
	lea := b.member("lea")
	b.ok("yann", "POST", personPath(lea.ID)+"/depart")
	text := b.ok("yann", "GET", journalPath)
	has(t, "journal", text, "Départ d’une personne", "yann Martin", "Connexion", "192.0.2.1")
	filtered := b.ok("yann", "GET", journalPath+"?action=person.left")
	has(t, "filtered", filtered, `<td`, "Départ d’une personne")
	if n := strings.Count(filtered, "<tr"); n != 2 { // the head of the table and one line
		t.Errorf("%d rows with the filter", n)
	}
	csv := b.ok("yann", "GET", exportPath)
	has(t, "export", csv, "person.left;"+b.member("yann").ID+";"+lea.ID)
	has(t, "journal after the export", b.ok("yann", "GET", journalPath+"?action=export"), "Données exportées")
	lacks(t, "another school's", b.ok("zoe", "GET", journalPath), "yann", lea.ID)
	for in, want := range map[string]string{"=1+1": "'=1+1", "@x": "'@x", "a=1": "a=1", "": ""} {
		if got := cell(in); got != want {
			t.Errorf("cell(%q) = %q", in, got)
		}
	}
}

func TestLook(t *testing.T) {
	b := newBench(t)
	b.ok("yann", "POST", lookPath, "theme", "preau", "couleur", " #8A1C3B ", "densite", "serree", "@logo", png)
	look, err := b.Look(t.Context(), college)
	b.must(err)
	if look.Colour != "#8a1c3b" || look.Density != "serree" || !strings.HasPrefix(look.Logo, logoPath+"/") {
		t.Fatalf("%+v", look)
	}
	a, err := b.visit("ana", "GET", look.Logo)
	if err != nil || string(a.Body) != png || a.Type != "image/png" {
		t.Errorf("logo %+v %v", a, err)
	}
	b.refuses("tom", "GET", look.Logo, errors.NotFound)
	b.refuses("ana", "GET", logoPath+"/other", errors.NotFound)
	for name, pairs := range map[string][]string{
		"colour":  {"theme", "preau", "couleur", "rouge"},
		"script":  {"theme", "preau", "couleur", "#fff;}body{"},
		"density": {"theme", "preau", "densite", "x"},
		"pack":    {"theme", "../x"},
		"svg":     {"theme", "preau", "@logo", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"},
		"html":    {"theme", "preau", "@logo", "<html>"},
		"broken":  {"theme", "preau", "@logo", png[:30]},
		"heavy":   {"theme", "preau", "@logo", png + strings.Repeat("x", maxLogo)},
	} {
		a, err := b.visit("yann", "POST", lookPath, pairs...)
		if err != nil || a.Status != 422 {
			t.Errorf("%s: %+v %v", name, a, err)
			continue
		}
		lacks(t, name, b.show(a, "fr"), "⟦")
	}
	if now, _ := b.Look(t.Context(), college); now != look {
		t.Errorf("a refused look was stored: %+v", now)
	}
	b.ok("yann", "POST", lookPath, "theme", "preau", "couleur", "", "densite", "", "sans-logo", "on")
	if now, _ := b.Look(t.Context(), college); now.Logo != "" || now.Colour != "" {
		t.Errorf("%+v", now)
	}
	b.refuses("ana", "GET", look.Logo, errors.NotFound)
	if other, err := b.Look(t.Context(), lycee); err != nil || other.Logo != "" {
		t.Errorf("%+v %v", other, err)
	}
}
