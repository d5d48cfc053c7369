package main

import (
	"net/http"
	"net/url"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/ids"
)

// agrees fails when somebody finds an entry whose page is not theirs to open, or
// does not find one whose page is.
func (c *cast) agrees(t interface{ Fatalf(string, ...any) }, found map[bool]int, id string) {
	docs := c.Documents(id)
	for _, who := range c.everybody() {
		finds := len(docs) == 1 && c.As(who).Finds(docs[0])
		opens := c.As(who).Do(http.MethodGet, "/entree/"+id, nil).Status == http.StatusOK
		if finds != opens {
			t.Fatalf("%s finds entry %s: %v, opens its page: %v\n%v", who, id, finds, opens, docs)
		}
		found[finds]++
	}
}

// Whoever finds an event can open its page, and whoever can open it finds it.
func TestFoundIsOpened(t *testing.T) {
	c := newCast(t)
	writers := map[ids.PersonID][]string{
		c.lea: {"p:lea-martin"}, c.mother: {"p:claire-martin"}, c.prof: {"g:6e-a", "g:latin", "p:anne-durand"},
		c.other: {"g:6e-b"}, c.head: {"e", "g:6e-a", "g:6e-b", "g:latin"},
	}
	names := make([]ids.PersonID, 0, len(writers))
	for who := range writers {
		names = append(names, who)
	}
	slices.Sort(names)
	found := map[bool]int{}
	rapid.Check(t, func(r *rapid.T) {
		who := rapid.SampledFrom(names).Draw(r, "who")
		form := values(with("agenda", rapid.SampledFrom(writers[who]).Draw(r, "calendar")))
		if rapid.Bool().Draw(r, "weekly") {
			weekly("2026-10-18")(form)
		}
		path := c.adds(t, who, form)
		c.agrees(r, found, idOf(path))
		if rapid.Bool().Draw(r, "deleted") {
			if a := c.As(who).Post("/entree/"+idOf(path)+"/supprimer", url.Values{"portee": {"toutes"}}); a.Location == "" {
				r.Fatalf("not deleted: %s", a)
			}
			c.agrees(r, found, idOf(path))
		}
	})
	if found[true] == 0 || found[false] == 0 {
		t.Errorf("the test tells nothing: %v", found)
	}
}

// The core is told of what changes, and only then.
func TestChangesAreTold(t *testing.T) {
	c := newCast(t)
	id := idOf(c.adds(t, c.prof, values()))
	if e := c.Event("search.changed"); string(e.Payload) != `{"ids":["`+id+`"]}` {
		t.Errorf("told %s", e.Payload)
	}
	if d := c.Documents(id); len(d) != 1 || d[0].Title != "Contrôle de grammaire" || d[0].When.AsTime() != paris(2026, 9, 17, 10, 0).UTC() {
		t.Errorf("%v", d)
	}
}
