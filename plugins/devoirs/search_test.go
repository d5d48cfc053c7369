package main

import (
	"net/http"
	"testing"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/ids"
)

// agrees fails when somebody finds a homework whose page is not theirs to open,
// or does not find one whose page is.
func (c *cast) agrees(t interface{ Fatalf(string, ...any) }, found map[bool]int, id string) {
	docs := c.Documents(id)
	for _, who := range []ids.PersonID{c.lea, c.tom, c.zoe, c.max, c.prof, c.colleague, c.other, c.mother, c.father, c.nosy, c.head, c.office, c.secretary} {
		finds := len(docs) == 1 && c.As(who).Finds(docs[0])
		opens := c.As(who).Do(http.MethodGet, "/devoir/"+id, nil).Status == http.StatusOK
		if finds != opens {
			t.Fatalf("%s finds homework %s: %v, opens its page: %v\n%v", who, id, finds, opens, docs)
		}
		found[finds]++
	}
}

// Whoever finds a homework can open its sheet, and whoever can open it finds it:
// drafts, those shown later, those for some pupils by name.
func TestFoundIsOpened(t *testing.T) {
	c := newCast(t)
	found := map[bool]int{}
	rapid.Check(t, func(r *rapid.T) {
		form := sheet(with("pour", rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"g:6e-a", "g:latin", "p:lea-martin", "p:tom-petit"}), 1, 3, rapid.ID).Draw(r, "for")...),
			with("visible", rapid.SampledFrom([]string{"", "2026-09-14T08:00", "2026-09-16T08:00"}).Draw(r, "visible")))
		if rapid.Bool().Draw(r, "draft") {
			form.Set("brouillon", "1")
		}
		id := c.sets(t, form)
		c.agrees(r, found, id)
		if rapid.IntRange(0, 4).Draw(r, "deleted") == 0 {
			if a := c.As(c.prof).Post("/devoir/"+id+"/supprimer", nil); a.Location == "" {
				r.Fatalf("not deleted: %s", a)
			}
			if docs := c.Documents(id); len(docs) != 0 {
				r.Fatalf("found in the bin: %v", docs)
			}
		}
	})
	if found[true] == 0 || found[false] == 0 {
		t.Errorf("the test tells nothing: %v", found)
	}
}

// The core is told of what changes, and a sheet is found by its subject, its
// class and its files.
func TestChangesAreTold(t *testing.T) {
	c := newCast(t)
	id := c.sets(t, sheet(), photo("carte-des-fleuves.jpg"))
	if e := c.Event("search.changed"); string(e.Payload) != `{"ids":["`+id+`"]}` {
		t.Errorf("told %s", e.Payload)
	}
	d := c.Documents(id)
	if len(d) != 1 || d[0].Title != "Récit d'une page" || d[0].Text != "Français\nRacontez **une rencontre**.\nAnne Durand\n6e A\ncarte-des-fleuves.jpg" {
		t.Errorf("%v", d)
	}
}
