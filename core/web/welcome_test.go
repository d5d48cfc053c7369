package web_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/audit"
	corehome "github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// TestFirstVisit: the introduction has three steps, is closed at any of them,
// and is found again under help; a hint is said once.
func TestFirstVisit(t *testing.T) {
	s := start(t)
	v := s.as("ana")
	step := func(want string) {
		t.Helper()
		text := v.get("/").text
		if got := strings.Contains(text, `data-intro="`+want+`"`); got != (want != "") || want == "" && strings.Contains(text, "data-intro") {
			t.Errorf("the home page is not at step %q", want)
		}
	}
	step("1")
	v.post("/accueil/presentation", "etape", "2")
	step("2")
	v.post("/accueil/presentation", "etape", "0")
	step("")
	if !strings.Contains(v.get("/aide").text, `action="/accueil/presentation"`) {
		t.Error("the help has no introduction")
	}
	v.post("/accueil/presentation", "etape", "1")
	step("1")
	v.post("/accueil/presentation", "etape", "4")
	step("")
	if res := v.post("/accueil/presentation", "etape", "9"); res.StatusCode != 422 && res.StatusCode != 400 {
		t.Errorf("a step that is none: %d", res.StatusCode)
	}
	for i, want := range []bool{true, false} {
		if got := strings.Contains(v.get("/notifications").text, "data-hint"); got != want {
			t.Errorf("visit %d: hint %v", i+1, got)
		}
	}
	if other := s.as("bilal"); !strings.Contains(other.get("/notifications").text, "data-hint") {
		t.Error("somebody else's hint is gone")
	}
}

// TestAcknowledgement: the button is there for those who are asked, once.
func TestAcknowledgement(t *testing.T) {
	s := start(t)
	a := &corehome.Announcement{Title: "Cantine", Text: "Fermée jeudi", Receipt: true, Urgent: true, Profiles: []ids.Profile{ids.Parent}}
	if err := s.Home.Announce(t.Context(), audit.By{}, college, a); err != nil {
		t.Fatal(err)
	}
	path := "/accueil/annonces/" + a.ID + "/lu"
	v := s.as("paul")
	if text := v.get("/").text; !strings.Contains(text, `action="`+path+`"`) {
		t.Errorf("no button in %s", text)
	}
	for who, want := range map[string]int{"ana": 404, "tom": 404, "paul": 303} {
		if res := s.as(who).post(path); res.StatusCode != want {
			t.Errorf("%s: %d, want %d", who, res.StatusCode, want)
		}
	}
	if text := v.get("/").text; strings.Contains(text, "Cantine") {
		t.Error("still there once read")
	}
	if list, err := s.Home.Receipts(t.Context(), college, a.ID); err != nil || len(list) != 1 {
		t.Errorf("read by %v, %v", list, err)
	}
}

// TestWeekOnPaper: everybody prints their own; a class only who may, only of
// their school, and it is in the journal.
func TestWeekOnPaper(t *testing.T) {
	s := start(t)
	class, err := s.Identity.SaveGroup(t.Context(), audit.By{}, college, identity.Group{Name: "6e A", Kind: identity.Classe})
	if err != nil {
		t.Fatal(err)
	}
	ana, err := s.Identity.PersonByLogin(t.Context(), "ana")
	if err == nil {
		err = s.Identity.SetGroups(t.Context(), audit.By{}, college, ana, []ids.GroupID{class})
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		who, path string
		status    int
	}{
		{"ana", "/semaine", 200}, {"ana", "/semaine?date=2026-11-23", 200}, {"ana", "/semaine?date=demain", 422},
		{"ana", "/semaine.pdf", 200}, {"paul", "/semaine.pdf", 200},
		{"ana", "/semaine/classes", 403}, {"paul", "/semaine/classes", 403}, {"yann", "/semaine/classes", 200},
		{"ana", "/semaine/classe/" + string(class), 403}, {"lea", "/semaine/classe/" + string(class), 403},
		{"yann", "/semaine/classe/" + string(class), 200}, {"yann", "/semaine/classe/other", 404},
	} {
		res := s.as(c.who).get(c.path)
		if res.StatusCode != c.status {
			t.Errorf("%s opens %s: %d, want %d", c.who, c.path, res.StatusCode, c.status)
		}
		if pdf := bytes.HasPrefix([]byte(res.text), []byte("%PDF-")); res.StatusCode == 200 && pdf != (strings.Contains(c.path, "pdf") || strings.Contains(c.path, "/classe/")) {
			t.Errorf("%s: PDF %v", c.path, pdf)
		}
	}
	entries, _, err := s.Audit.List(t.Context(), college, audit.Query{Action: audit.Exported})
	if err != nil || len(entries) != 1 || entries[0].Object != string(class) {
		t.Errorf("journal: %v, %v", entries, err)
	}
}
