package main

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
)

// A homework from the teacher's form to the parent's page.
func TestStory(t *testing.T) {
	c := newCast(t)
	doc := plugintest.Upload{Field: "fichiers", Name: "fiche élève.pdf", Content: []byte("%PDF-1.4 fiche")}
	id := c.sets(t, sheet(), doc)
	path := "/devoir/" + id

	// told, and on the lists of those it is for, of nobody else
	if n := c.Notices(); len(n) != 2 || !slices.Equal(n[0].People, []ids.PersonID{c.lea, c.tom}) || n[0].Text.Key != "devoirs.notice.published" ||
		!slices.Equal(n[1].People, []ids.PersonID{c.mother, c.father}) || n[1].Kind != "enfant" || n[1].About[1].Name != "Tom" {
		t.Fatalf("notices: %+v", n)
	}
	e := c.Event("devoirs.published")
	for _, p := range []ids.PersonID{c.lea, c.tom, c.mother, c.father, c.prof} {
		if !slices.Contains(e.People, p) {
			t.Errorf("%s is not touched by %v", p, e.People)
		}
	}
	if slices.Contains(e.People, c.zoe) || slices.Contains(e.People, c.nosy) {
		t.Errorf("touched too many: %v", e.People)
	}
	plugintest.Has(t, c.As(c.lea).Get("/"), "Récit d'une page", "Français", "devoirs.badge.handin")
	plugintest.HasNot(t, c.As(c.zoe).Get("/"), "Récit d'une page")
	plugintest.Has(t, c.As(c.lea).Widget("a-rendre"), "Récit d'une page")
	plugintest.HasNot(t, c.As(c.max).Widget("a-rendre"), "Récit d'une page")
	entries := c.As(c.lea).Calendar(c.Now(), c.Now().AddDate(0, 0, 7))
	if len(entries) != 1 || !entries[0].Start.AsTime().Equal(time.Date(2026, 9, 17, 16, 0, 0, 0, time.UTC)) {
		t.Errorf("calendar: %v", entries)
	}

	// the pupil reads, fetches the file, hands in twice
	page := c.As(c.lea).Get(path)
	plugintest.Has(t, page, "Racontez **une rencontre**.", "fiche élève.pdf", "devoirs.mywork")
	file := plugintest.LinkTo(t, page, path+"/fichier/")
	if a := c.As(c.lea).Do("GET", file.Path, nil); a.File == "" {
		t.Fatalf("no file: %s", a)
	}
	c.handsIn(t, c.lea, id, "Premier jet")
	c.Advance(time.Minute)
	c.handsIn(t, c.lea, id, "Ma rencontre", photo("copie.jpg"))
	var what Happened
	if err := json.Unmarshal(c.Event("devoirs.handed-in").Payload, &what); err != nil || what.Homework != id || what.Pupil != string(c.lea) {
		t.Errorf("handed-in: %+v, %v", what, err)
	}
	plugintest.Has(t, c.As(c.lea).Get(path), "Premier jet", "Ma rencontre", "copie.jpg", "devoirs.versions.older")
	plugintest.HasNot(t, c.As(c.lea).Get("/"), "Récit d'une page")
	plugintest.Has(t, c.As(c.lea).Get("/?liste=fait"), "Récit d'une page", "devoirs.status.handed-in")

	// the teacher follows and corrects
	plugintest.Has(t, c.As(c.prof).Widget("a-corriger"), "Récit d'une page", "devoirs.badge.waiting")
	plugintest.Has(t, c.As(c.prof).Get("/?liste=a-corriger"), "Récit d'une page")
	follow := c.As(c.prof).Get(path + "?onglet=suivi")
	plugintest.Has(t, follow, "Martin Léa", "Petit Tom", "devoirs.follow.intime", "devoirs.follow.unseen", "devoirs.follow.waiting")
	plugintest.LinkTo(t, follow, path+"/copies.zip")
	desk := c.As(c.prof).Get(path + "/copie/" + string(c.lea))
	plugintest.Has(t, desk, "Ma rencontre", "copie.jpg")
	c.corrects(t, id, c.lea, "16,5")
	notices := c.Notices()[2:]
	if len(notices) != 2 || notices[0].People[0] != c.lea || notices[1].People[0] != c.mother || notices[1].About[0].Name != "Léa" {
		t.Fatalf("notices of the correction: %+v", notices)
	}
	for _, n := range notices {
		if plugintest.Says(n.Text, "16,5") {
			t.Errorf("a notice holds the mark: %v", n.Text)
		}
	}

	// the pupil reads it, and can neither change nor withdraw any more
	page = c.As(c.lea).Get(path)
	plugintest.Has(t, page, "16,5", "Très bien, *continuez*.", "devoirs.handin.corrected")
	if a := c.As(c.lea).Post(path+"/retirer", nil); a.Status != 422 {
		t.Errorf("withdrew a corrected copy: %s", a)
	}
	if a := c.As(c.lea).Post(path+"/rendre", url.Values{"texte": {"encore"}}); a.Status != 422 {
		t.Errorf("handed in after the correction: %s", a)
	}

	// the parent of two sees it under the right child, read only
	mother := c.As(c.mother).Get(path)
	plugintest.Has(t, mother, "16,5", "Ma rencontre", "Très bien, *continuez*.")
	if len(mother.About) != 1 || mother.About[0].Name != "Léa" {
		t.Errorf("about %v", mother.About)
	}
	if n := len(plugintest.All[*ui.Form](mother)) + len(plugintest.All[*ui.Action](mother)); n > 0 {
		t.Errorf("a parent may do %d things", n)
	}
	list := c.As(c.mother).Get("/?liste=fait")
	for _, check := range plugintest.All[*ui.Check](list) {
		if check.Toggle != nil || len(check.About) != 1 || check.About[0].Person != string(c.lea) {
			t.Errorf("line of the parent: %v", check)
		}
	}
	plugintest.Has(t, list, "Récit d'une page")
	plugintest.HasNot(t, c.As(c.mother).LookingAt(c.zoe).Get("/?liste=fait"), "Récit d'une page")
	plugintest.HasNot(t, c.As(c.nosy).Get("/?liste=fait"), "Récit d'une page")
}

// What is late is marked as late, and what the school closes stays closed.
func TestLate(t *testing.T) {
	c := newCast(t)
	id := c.sets(t, sheet())
	c.Advance(3 * 24 * time.Hour)
	plugintest.Has(t, c.As(c.lea).Get("/"), "Récit d'une page", "devoirs.status.overdue")
	plugintest.Has(t, c.As(c.lea).Get("/devoir/"+id), "devoirs.handin.late")
	c.handsIn(t, c.lea, id, "Pardon")
	plugintest.Has(t, c.As(c.prof).Get("/devoir/"+id+"?onglet=suivi"), "devoirs.follow.late", "devoirs.follow.missing")

	c.Set(map[string]any{"late_handin": false})
	page := c.As(c.tom).Get("/devoir/" + id)
	plugintest.Has(t, page, "devoirs.handin.closed")
	if len(plugintest.All[*ui.Form](page)) > 0 {
		t.Error("a closed homework shows a form")
	}
	a := c.As(c.tom).Post("/devoir/"+id+"/rendre", url.Values{"texte": {"trop tard"}})
	if a.Status != 422 || !plugintest.Says(a.Page, "devoirs.handin.closed") {
		t.Errorf("handed in after the end: %s", a)
	}
}

func TestTickAndWithdraw(t *testing.T) {
	c := newCast(t)
	id := c.sets(t, sheet())
	list := c.As(c.lea).Get("/")
	check := plugintest.All[*ui.Check](list)[0]
	if a := c.As(c.lea).Press(check, "/devoir/"+id+"/cocher"); a.Location != "/" {
		t.Fatalf("tick: %s", a)
	}
	plugintest.Has(t, c.As(c.prof).Get("/devoir/"+id+"?onglet=suivi"), "devoirs.at")
	plugintest.Has(t, c.As(c.lea).Get("/?liste=fait"), "devoirs.status.ticked")
	if a := c.As(c.lea).Press(c.As(c.lea).Get("/devoir/"+id), "/devoir/"+id+"/cocher"); a.Flash.GetKey() != "devoirs.unticked" {
		t.Fatalf("untick: %s", a)
	}
	plugintest.Has(t, c.As(c.lea).Get("/"), "Récit d'une page")

	c.handsIn(t, c.lea, id, "Version un", photo("a.jpg"))
	page := c.As(c.lea).Get("/devoir/" + id)
	if a := c.As(c.lea).Press(page, "/devoir/"+id+"/retirer"); a.Flash.GetKey() != "devoirs.withdrawn" {
		t.Fatalf("withdraw: %s", a)
	}
	plugintest.Has(t, c.As(c.lea).Get("/devoir/"+id), "Version un", "devoirs.version.withdrawn")
	desk := c.As(c.prof).Get("/devoir/" + id + "/copie/" + string(c.lea))
	plugintest.HasNot(t, desk, "Version un", "a.jpg")
	file := plugintest.LinkTo(t, page, "/devoir/"+id+"/copie/")
	refused(t, c.As(c.prof).Do("GET", file.Path, nil), "the teacher fetches a withdrawn file", errors.NotFound)
	if a := c.As(c.lea).Do("GET", file.Path, nil); a.File == "" {
		t.Errorf("the pupil lost the file: %s", a)
	}
}

// A correction with a barème: the mark is computed, may wait, and the copy may
// be asked for again.
func TestBaremeCorrection(t *testing.T) {
	c := newCast(t)
	id := c.sets(t, sheet(with("bareme", "Style : 6\nOrthographe : 4"), with("sur", "20")))
	c.handsIn(t, c.lea, id, "Voici")
	path := "/devoir/" + id + "/copie/" + string(c.lea)
	prof := c.As(c.prof)
	a := prof.Submit(prof.Get(path), path+"/corriger", url.Values{"critere-1": {"7"}, "appreciation": {"Bien"}})
	if a.Status != 422 || !plugintest.Says(a.Page, "devoirs.points.over") || !plugintest.Says(a.Page, "devoirs.points.missing") || !plugintest.Says(a.Page, "Bien") {
		t.Fatalf("bad points: %s", a)
	}
	a = prof.Submit(prof.Get(path), path+"/corriger", url.Values{"critere-1": {"4,5"}, "critere-2": {"4"}, "garder": {"1"}})
	if a.Flash.GetKey() != "devoirs.corrected.draft" {
		t.Fatalf("kept: %s", a)
	}
	plugintest.Has(t, a.Follow(), "devoirs.follow.unpublished", "17")
	style := plugintest.FieldOf(t, plugintest.FormTo(t, prof.Get(path), path+"/corriger"), "critere-1").GetNumber()
	if style.GetValue() != "4.5" || style.GetMax() != 6 || style.GetUnit() != "/\u00a06" {
		t.Errorf("the field of a criterion: %v", style)
	}
	plugintest.HasNot(t, c.As(c.lea).Get("/devoir/"+id), "17", "4,5 / 6")
	plugintest.HasNot(t, c.As(c.mother).Get("/devoir/"+id), "17", "4,5 / 6")

	if a := prof.Press(a.Follow(), "/devoir/"+id+"/corrections"); a.Flash.GetKey() != "devoirs.corrections.published" {
		t.Fatalf("published: %s", a)
	}
	c.Event("devoirs.corrected")
	plugintest.Has(t, c.As(c.lea).Get("/devoir/"+id), "17", "4,5 / 6")

	if a := prof.Submit(prof.Get("/devoir/"+id+"/modifier"), "/devoir/"+id+"/modifier", url.Values{"sur": {"10"}}); a.Status != 422 {
		t.Errorf("the scale changed under a mark: %s", a)
	}
	if a := prof.Press(prof.Get(path), path+"/rouvrir"); a.Flash.GetKey() != "devoirs.reopened" {
		t.Fatalf("reopened: %s", a)
	}
	c.handsIn(t, c.lea, id, "Voici mieux")
	plugintest.Has(t, c.As(c.lea).Get("/devoir/"+id), "devoirs.correction.earlier", "17")

	// a version that came while the teacher was reading is not corrected unseen
	stale := prof.Get(path)
	c.handsIn(t, c.lea, id, "Encore mieux")
	if a := prof.Submit(stale, path+"/corriger", url.Values{"appreciation": {"Bravo"}}); a.Status != 422 || !plugintest.Says(a.Page, "devoirs.correction.newer") {
		t.Errorf("corrected unseen: %s", a)
	}
}

// Marks wait for the child where the school wants it so.
func TestMarksForParents(t *testing.T) {
	c := newCast(t)
	c.Set(map[string]any{"parents_see_marks": false})
	id := c.sets(t, sheet())
	c.handsIn(t, c.lea, id, "Voici")
	c.corrects(t, id, c.lea, "16,5")
	page := c.As(c.mother).Get("/devoir/" + id)
	plugintest.HasNot(t, page, "16,5")
	plugintest.Has(t, page, "Très bien, *continuez*.")
	c.As(c.lea).Get("/devoir/" + id)
	plugintest.Has(t, c.As(c.mother).Get("/devoir/"+id), "16,5")
}

// Homework that shows later is told of when its time has come.
func TestVisibleLater(t *testing.T) {
	c := newCast(t)
	id := c.sets(t, sheet(with("visible", "2026-09-16T08:00")))
	if n := c.Notices(); len(n) != 2 || !n[0].From.Equal(time.Date(2026, 9, 16, 6, 0, 0, 0, time.UTC)) || n[1].From != n[0].From {
		t.Fatalf("the core is asked to tell when it shows: %+v", n)
	}
	refused(t, c.As(c.lea).Do("GET", "/devoir/"+id, nil), "before its time", errors.NotFound)
	plugintest.HasNot(t, c.As(c.lea).Widget("a-rendre"), "Récit d'une page")
	if e := c.As(c.lea).Calendar(c.Now(), c.Now().AddDate(0, 0, 7)); len(e) > 0 {
		t.Errorf("in the calendar before its time: %v", e)
	}
	plugintest.Has(t, c.As(c.prof).Get("/devoir/"+id), "devoirs.state.later")
	c.Advance(24 * time.Hour)
	plugintest.Has(t, c.As(c.tom).Get("/"), "Récit d'une page")
	c.As(c.lea).Get("/")
	if n := c.Notices(); len(n) != 2 || !strings.HasPrefix(n[0].Key, "homework:") {
		t.Errorf("told again: %+v", n)
	}
}
