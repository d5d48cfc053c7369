package main

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
)

// What is wrong is said at its field, what was typed stays, nothing is saved.
func TestFormRefusals(t *testing.T) {
	c := newCast(t)
	doc := plugintest.Upload{Field: "fichiers", Name: "fiche.pdf", Content: []byte("%PDF-1.4")}
	for _, x := range []struct {
		change func(url.Values)
		field  string
		key    string
	}{
		{with("titre", "  "), "titre", "error.field.required"},
		{with("titre", strings.Repeat("x", maxTitle+1)), "titre", "error.field.long"},
		{with("matiere", ""), "matiere", "error.field.required"},
		{with("pour"), "pour", "error.field.required"},
		{with("echeance", ""), "echeance", "error.field.required"},
		{with("echeance", "demain"), "echeance", "error.field.date"},
		{with("echeance", "2026-09-15T09:59"), "echeance", "devoirs.due.past"},
		{with("echeance", "2026-09-14"), "echeance", "devoirs.due.past"},
		{with("visible", "2026-09-18T08:00"), "visible", "devoirs.visible.late"},
		{with("sur", "vingt"), "sur", "devoirs.points.bad"},
		{with("sur", "0"), "sur", "devoirs.points.bad"},
		{with("bareme", "Style : 5\nrien"), "bareme", "devoirs.bareme.bad"},
	} {
		a := c.As(c.prof).PostFiles("/nouveau", sheet(x.change, with("consigne", "Mes mots à garder")), doc)
		if a.Status != 422 {
			t.Errorf("%s: %s", x.key, a)
			continue
		}
		form := plugintest.FormTo(t, a.Page, "/nouveau")
		if got := plugintest.FieldOf(t, form, x.field).Error.GetKey(); got != x.key {
			t.Errorf("%s says %q, want %q", x.field, got, x.key)
		}
		if form.Error == nil {
			t.Errorf("%s: nothing is said on top", x.key)
		}
		plugintest.Has(t, form, "Mes mots à garder")
	}
	if n := len(c.Stored()); n > 0 {
		t.Errorf("%d files of refused forms are left", n)
	}
	plugintest.Has(t, c.As(c.prof).Get("/"), "devoirs.empty.coming")
}

func TestFileLimits(t *testing.T) {
	c := newCast(t)
	c.Set(map[string]any{"max_file_mb": 1})
	id := c.sets(t, sheet())
	up := func(name string, size int) plugintest.Upload {
		return plugintest.Upload{Field: "fichiers", Name: name, Content: bytes.Repeat([]byte("x"), size)}
	}
	var many []plugintest.Upload
	for range maxFiles + 1 {
		many = append(many, up("a.txt", 1))
	}
	for key, files := range map[string][]plugintest.Upload{
		"devoirs.files.large": {up("small.txt", 10), up("big.bin", 1_000_001)},
		"devoirs.files.empty": {up("small.txt", 10), up("nothing.txt", 0)},
		"devoirs.files.many":  many,
	} {
		for path, form := range map[string]url.Values{
			"/devoir/" + id + "/rendre": {"texte": {"Mon texte à garder"}},
			"/nouveau":                  sheet(with("consigne", "Mon texte à garder")),
		} {
			who := c.As(c.lea)
			if path == "/nouveau" {
				who = c.As(c.prof)
			}
			a := who.PostFiles(path, form, files...)
			if a.Status != 422 {
				t.Errorf("%s %s: %s", path, key, a)
				continue
			}
			plugintest.Has(t, plugintest.FormTo(t, a.Page, path), key, "Mon texte à garder")
		}
	}
	if n := len(c.Stored()); n > 0 {
		t.Errorf("%d files are left", n)
	}
	a := c.As(c.lea).PostFiles("/devoir/"+id+"/rendre", nil, up("ok.bin", 1_000_000))
	if a.Location == "" || len(c.Stored()) != 1 {
		t.Errorf("exactly the limit: %s", a)
	}
	a = c.As(c.lea).PostFiles("/devoir/"+id+"/rendre", url.Values{"texte": {"  "}})
	if a.Status != 422 || !plugintest.Says(a.Page, "devoirs.handin.empty") {
		t.Errorf("an empty hand-in: %s", a)
	}
}

func TestDraftThenPublish(t *testing.T) {
	c := newCast(t)
	prof := c.As(c.prof)
	a := prof.Post("/nouveau", url.Values{"titre": {"Idée"}, "brouillon": {"1"}})
	if a.Flash.GetKey() != "devoirs.saved.draft" {
		t.Fatalf("draft: %s", a)
	}
	path := a.Location
	plugintest.Has(t, prof.Get("/?liste=brouillons"), "Idée", "devoirs.badge.draft")
	a = prof.Press(prof.Get(path), path+"/publier")
	if a.Status != 422 {
		t.Fatalf("published an empty draft: %s", a)
	}
	plugintest.Has(t, a.Page, "devoirs.missing.subject", "devoirs.missing.target", "devoirs.missing.due", "Idée")
	if len(c.Notices()) > 0 {
		t.Error("told of a draft")
	}
	a = prof.Submit(prof.Get(path+"/modifier"), path+"/modifier", sheet(with("titre", "Idée mûre"), with("brouillon", "1")))
	if a.Flash.GetKey() != "devoirs.saved.draft" {
		t.Fatalf("draft again: %s", a)
	}
	if a = prof.Press(prof.Get(path), path+"/publier"); a.Flash.GetKey() != "devoirs.saved.published" {
		t.Fatalf("publish: %s", a)
	}
	plugintest.Has(t, c.As(c.lea).Get("/"), "Idée mûre")
	if len(c.Notices()) != 2 { // pupils and guardians
		t.Errorf("notices: %+v", c.Notices())
	}
	// a published homework stays published, and nobody is told twice
	if a = prof.Submit(prof.Get(path+"/modifier"), path+"/modifier", url.Values{"titre": {"Idée finale"}}); a.Flash.GetKey() != "devoirs.saved" {
		t.Fatalf("edit: %s", a)
	}
	prof.Post(path+"/modifier", sheet(with("brouillon", "1")))
	plugintest.Has(t, c.As(c.lea).Get(path), "Récit d'une page")
	if len(c.Notices()) != 2 {
		t.Errorf("told twice: %+v", c.Notices())
	}
}

func TestEditFilesAndStaleWindow(t *testing.T) {
	c := newCast(t)
	prof := c.As(c.prof)
	up := func(name string) plugintest.Upload {
		return plugintest.Upload{Field: "fichiers", Name: name, Content: []byte(name)}
	}
	id := c.sets(t, sheet(), up("a.txt"), up("b.txt"))
	edit := "/devoir/" + id + "/modifier"
	stale := prof.Get(edit)
	form := plugintest.FormTo(t, stale, edit)
	keep := plugintest.FieldOf(t, form, "garder").GetChoice().Options
	c.Advance(time.Second)
	a := prof.Submit(stale, edit, url.Values{"garder": {keep[1].Value}}, up("c.txt"))
	if a.Location == "" {
		t.Fatal(a)
	}
	page := c.As(c.lea).Get("/devoir/" + id)
	plugintest.Has(t, page, "b.txt", "c.txt")
	plugintest.HasNot(t, page, "a.txt")
	if n := len(c.Stored()); n != 2 {
		t.Errorf("%d files are stored, want 2", n)
	}
	a = prof.Submit(stale, edit, url.Values{"titre": {"D'une autre fenêtre"}}, up("d.txt"))
	if a.Status != 422 || !plugintest.Says(a.Page, "devoirs.changed.meanwhile") || !plugintest.Says(a.Page, "D'une autre fenêtre") {
		t.Errorf("a stale window won: %s", a)
	}
	if n := len(c.Stored()); n != 2 {
		t.Errorf("%d files are stored after a refusal, want 2", n)
	}
}

// A later due time forgives; the past is refused only when it is new.
func TestMoveDueTime(t *testing.T) {
	c := newCast(t)
	prof := c.As(c.prof)
	id := c.sets(t, sheet())
	edit := "/devoir/" + id + "/modifier"
	c.Advance(3 * 24 * time.Hour)
	c.handsIn(t, c.lea, id, "En retard")
	if a := prof.Submit(prof.Get(edit), edit, url.Values{"titre": {"Autre titre"}}); a.Location == "" {
		t.Errorf("an old homework cannot be corrected: %s", a)
	}
	if a := prof.Submit(prof.Get(edit), edit, url.Values{"echeance": {"2026-09-16T18:00"}}); a.Status != 422 {
		t.Errorf("moved into the past: %s", a)
	}
	plugintest.Has(t, c.As(c.lea).Get("/devoir/"+id), "devoirs.version.late")
	if a := prof.Submit(prof.Get(edit), edit, url.Values{"echeance": {"2026-09-20T18:00"}}); a.Location == "" {
		t.Fatal(a)
	}
	plugintest.HasNot(t, c.As(c.lea).Get("/devoir/"+id), "devoirs.version.late")
}

func TestSuggestions(t *testing.T) {
	c := newCast(t)
	prof := c.As(c.prof)
	c.sets(t, sheet())
	form := plugintest.FormTo(t, prof.Get("/nouveau?classe=latin&date=2026-09-18"), "/nouveau")
	if got := plugintest.FieldOf(t, form, "matiere").GetText().Value; got != "Français" {
		t.Errorf("subject %q", got)
	}
	if got := plugintest.FieldOf(t, form, "echeance").GetDate().Value; got != "2026-09-18T18:00" {
		t.Errorf("due %q", got)
	}
	var picked []string
	for _, o := range plugintest.FieldOf(t, form, "pour").GetPicker().Options {
		if o.Selected {
			picked = append(picked, o.Value)
		}
	}
	if len(picked) != 1 || picked[0] != "g:latin" {
		t.Errorf("picked %q", picked)
	}
	page := prof.Get("/nouveau?classe=6e-b&date=bad")
	for _, o := range plugintest.All[*ui.Option](page) {
		if o.Selected {
			t.Errorf("a class that is not theirs is picked: %v", o)
		}
	}
}
