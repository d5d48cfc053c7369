package main

import (
	"net/url"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
)

func TestModelOfHomework(t *testing.T) {
	c := newCast(t)
	prof := c.As(c.prof)
	doc := plugintest.Upload{Field: "fichiers", Name: "fiche.pdf", Content: []byte("%PDF-1.4")}
	id := c.sets(t, sheet(with("bareme", "Style : 12\nOrthographe : 8")), doc)
	if a := prof.Press(prof.Get("/devoir/"+id), "/devoir/"+id+"/modele"); a.Location != "/modeles" {
		t.Fatal(a)
	}
	list := prof.Get("/modeles")
	plugintest.Has(t, list, "Récit d'une page")
	use := plugintest.LinkTo(t, list, "/nouveau?modele=").Path
	page := prof.Get(use)
	plugintest.Has(t, page, "Récit d'une page", "Racontez **une rencontre**.", "fiche.pdf")
	a := prof.Submit(page, "/nouveau", url.Values{"pour": {"g:latin"}, "echeance": {"2026-09-22T08:00"}})
	if a.Location == "" {
		t.Fatal(a)
	}
	if n := len(c.Stored()); n != 3 {
		t.Errorf("%d files, want one each for homework, model, homework", n)
	}
	plugintest.Has(t, c.As(c.zoe).Get(a.Location), "fiche.pdf", "Orthographe")
	if a := prof.Press(list, "/modeles/"); a.Flash.GetKey() != "devoirs.model.deleted" {
		t.Fatal(a)
	}
	plugintest.Has(t, prof.Get("/modeles"), "devoirs.empty.models")
	file := plugintest.LinkTo(t, c.As(c.zoe).Get(a.Location), a.Location+"/fichier/").Path
	if got := c.As(c.zoe).Do("GET", file, nil); got.File == "" {
		t.Errorf("deleting the model took the homework's file: %s", got)
	}
	refused(t, prof.Do("GET", use, nil), "a deleted model", errors.NotFound)
}

func TestSavedBareme(t *testing.T) {
	c := newCast(t)
	prof := c.As(c.prof)
	none := prof.Get("/baremes")
	for _, n := range plugintest.All[*ui.Node](none) {
		if next := n.GetEmpty().GetLink(); next != nil && next.Anchor != newBareme || n.GetForm() != nil && n.Id != newBareme {
			t.Errorf("the next step leads to %q, the form is %q", next.GetAnchor(), n.Id)
		}
	}
	a := prof.Submit(none, "/baremes", url.Values{"nom": {"Rédaction"}, "criteres": {"Style"}})
	if a.Status != 422 || !plugintest.Says(a.Page, "devoirs.bareme.bad") || !plugintest.Says(a.Page, "Rédaction") {
		t.Fatalf("bad criteria: %s", a)
	}
	if a = prof.Submit(a.Page, "/baremes", url.Values{"criteres": {"Style : 6\nIdées : 4"}}); a.Location == "" {
		t.Fatal(a)
	}
	path := plugintest.LinkTo(t, a.Follow(), "/baremes/").Path
	if a = prof.Submit(prof.Get(path), path, url.Values{"criteres": {"Style : 5\nIdées : 5"}}); a.Location == "" {
		t.Fatal(a)
	}
	form := plugintest.FormTo(t, prof.Get("/nouveau"), "/nouveau")
	saved := plugintest.FieldOf(t, form, "bareme-modele").GetChoice().Options[1].Value
	id := c.sets(t, sheet(with("bareme-modele", saved)))
	desk := prof.Get("/devoir/" + id + "/copie/tom-petit")
	plugintest.Has(t, desk, "Style", "Idées")
	if a = prof.Press(prof.Get(path), path+"/supprimer"); a.Location != "/baremes" {
		t.Fatal(a)
	}
	plugintest.Has(t, prof.Get("/devoir/"+id+"/copie/tom-petit"), "Style")
	a = prof.Post("/nouveau", sheet(with("bareme-modele", saved)))
	if a.Status != 422 || !plugintest.Says(a.Page, "devoirs.bareme.gone") {
		t.Errorf("a deleted barème: %s", a)
	}
}

func TestDuplicate(t *testing.T) {
	c := newCast(t)
	prof := c.As(c.prof)
	doc := plugintest.Upload{Field: "fichiers", Name: "fiche.pdf", Content: []byte("%PDF-1.4")}
	id := c.sets(t, sheet(), doc)
	c.handsIn(t, c.lea, id, "Voici")
	c.Advance(8 * 24 * time.Hour)
	a := prof.Press(prof.Get("/devoir/"+id), "/devoir/"+id+"/dupliquer")
	if a.Flash.GetKey() != "devoirs.duplicated" {
		t.Fatal(a)
	}
	form := plugintest.FormTo(t, a.Follow(), "/devoir/")
	if got := plugintest.FieldOf(t, form, "echeance").GetDate().Value; got != "2026-09-24T18:00" {
		t.Errorf("due %q, want the next same weekday to come", got)
	}
	plugintest.Has(t, form, "Récit d'une page", "fiche.pdf")
	if n := len(c.Notices()); n != 2 {
		t.Errorf("%d notices", n)
	}
	plugintest.HasNot(t, c.As(c.lea).Get("/"), "Récit d'une page")
}

// Deleting asks, hides at once, can be undone with every copy, and is final
// after a month.
func TestDeleteAndRestore(t *testing.T) {
	c := newCast(t)
	prof := c.As(c.prof)
	id := c.sets(t, sheet())
	path := "/devoir/" + id
	if got := plugintest.ActionTo(t, prof.Get(path), path+"/supprimer").Confirm.GetKey(); got != "devoirs.delete.confirm" {
		t.Errorf("asks %q", got)
	}
	c.handsIn(t, c.lea, id, "Voici", photo("copie.jpg"))
	page := prof.Get(path)
	if got := plugintest.ActionTo(t, page, path+"/supprimer").Confirm.GetKey(); got != "devoirs.delete.handed" {
		t.Errorf("asks %q", got)
	}
	a := prof.Press(page, path+"/supprimer")
	plugintest.Has(t, a.Follow(), "Récit d'une page", "devoirs.restore")
	refused(t, c.As(c.lea).Do("GET", path, nil), "a pupil", errors.NotFound)
	refused(t, c.As(c.mother).Do("GET", path, nil), "a parent", errors.NotFound)
	refused(t, c.As(c.colleague).Do("GET", path, nil), "a colleague", errors.NotFound)
	refused(t, c.As(c.lea).Post(path+"/rendre", url.Values{"texte": {"x"}}), "handing in", errors.NotFound)
	refused(t, prof.Do("GET", path+"/copies.zip", nil), "the zip", errors.NotFound)
	plugintest.HasNot(t, prof.Widget("a-corriger"), "Récit d'une page")
	plugintest.HasNot(t, prof.Get("/?liste=a-corriger"), "Récit d'une page")

	if a = prof.Press(prof.Get(path), path+"/retablir"); a.Flash.GetKey() != "devoirs.restored" {
		t.Fatal(a)
	}
	plugintest.Has(t, c.As(c.lea).Get(path), "Voici", "copie.jpg")

	prof.Press(prof.Get(path), path+"/supprimer")
	c.Advance(29 * 24 * time.Hour)
	plugintest.Has(t, prof.Get("/?liste=corbeille"), "Récit d'une page")
	c.Advance(2 * 24 * time.Hour)
	plugintest.HasNot(t, prof.Get("/?liste=corbeille"), "Récit d'une page")
	refused(t, prof.Do("GET", path, nil), "after a month", errors.NotFound)
	if n := len(c.Stored()); n > 0 {
		t.Errorf("%d files outlive their homework", n)
	}
}
