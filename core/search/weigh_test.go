package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// vocabulary is words of which none resembles another.
var vocabulary = strings.Fields("banane cerise girafe locomotive parapluie tambour")

// Sets of documents, united and intersected over several parts of an index,
// with some rewritten and some gone, hold what looking at each document says.
func TestFoundIsWhatLookingAtEachSays(t *testing.T) {
	s := newSite(t)
	kept := map[string]*wire.Document{}
	made := rapid.Custom(func(t *rapid.T) *wire.Document {
		d := drawDocument(t)
		said := func(what string) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 3).Draw(t, what), " ")
		}
		d.Title, d.Text, d.Path = "x "+said("title"), said("text"), "/d"
		return d
	})
	for round := range 4 {
		var changed []string
		for i := range 40 {
			d := made.Example(round*40 + i)
			d.Id = fmt.Sprintf("d%02d", (round*30+i)%100) // some of the round before
			s.shop.put(school, "devoirs", d)
			kept[d.Id], changed = d, append(changed, d.Id)
		}
		s.change(t, changed...)
		gone := fmt.Sprintf("d%02d", round*30+5)
		s.shop.goods[school]["devoirs"] = slices.DeleteFunc(s.shop.goods[school]["devoirs"], func(d *wire.Document) bool { return d.Id == gone })
		delete(kept, gone)
		s.change(t, gone)
	}
	has := func(d *wire.Document, words []string) (n int) {
		for _, w := range words {
			if slices.Contains(strings.Fields(d.Title+" "+d.Text), w) {
				n++
			}
		}
		return n
	}
	some := 0
	rapid.Check(t, func(t *rapid.T) {
		v := drawViewer(t)
		words := rapid.SliceOfNDistinct(rapid.SampledFrom(vocabulary), 1, 3, rapid.ID).Draw(t, "words")
		open := []ids.Permission{"devoirs.read"}
		for _, p := range v.Permissions {
			open = append(open, ids.Permission(p))
		}
		found, err := s.Find(t.Context(), Ask{School: school, Viewer: v, Words: strings.Join(words, " "), Each: 200, Open: map[string][]ids.Permission{"devoirs": open}})
		if err != nil {
			t.Fatal(err)
		}
		least := len(words)
		if found.Loose {
			least--
		}
		var want, got []string
		for id, d := range kept {
			if d.Admits(v, noon) && has(d, words) >= least {
				want = append(want, id)
			}
			if found.Loose && d.Admits(v, noon) && has(d, words) > least {
				t.Errorf("%s has all the words, and others are shown", id)
			}
		}
		for _, g := range found.Groups {
			for _, h := range g.Hits {
				got = append(got, h.Id)
			}
		}
		slices.Sort(got)
		if slices.Sort(want); !slices.Equal(got, want) || found.Total != len(want) {
			t.Fatalf("%v: found %v, %d in all; want %v", words, got, found.Total, want)
		}
		some += len(got)
	})
	if some == 0 {
		t.Error("nothing was ever found: the test tells nothing")
	}
}

// A word with a slip stands for few words of the index, those nearest to it
// first, however many there are; what is found does not depend on how many
// others resemble it.
func TestSlipsStandForFewWords(t *testing.T) {
	list := []*wire.Document{doc("meant", "Exercices", "")}
	const ends = "bcdfghjklmnpqtvw" // letters that no stem goes without
	for _, a := range ends {        // as many words that are two slips away
		for _, b := range ends {
			list = append(list, doc(fmt.Sprintf("%c%c", a, b), "Autre", fmt.Sprintf("exercise%c%c", a, b)))
		}
	}
	s := newSite(t, func(c *Config) { c.Sources = whole10k{list, c.Sources.(*shop)} })
	s.fill(t)
	v, err := s.shelf.take(school)
	if err != nil {
		t.Fatal(err)
	}
	defer s.shelf.give(v)
	index, err := v.index.Advanced()
	if err != nil {
		t.Fatal(err)
	}
	r, err := index.Reader()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if list, err := near(r, textWords, "exercises", 2); err != nil || len(list) != mostNear {
		t.Errorf("%d words are near, %v", len(list), err)
	}
	if list, err := begun(r, textWords, "exer"); err != nil || len(list) != mostBegun {
		t.Errorf("%d words begin so, %v", len(list), err)
	}
	if got := s.finds(t, lea, "exercises"); len(got) == 0 || got[0] != "meant" {
		t.Errorf("found %v, want the one of the title first", got[:min(3, len(got))])
	}
}

// A large fill leaves one part, or another one that came meanwhile: each
// question looks into every part.
func TestLargeFillsAreOnePart(t *testing.T) {
	var list []*wire.Document
	for i := range 6 * many {
		list = append(list, doc(fmt.Sprintf("d%05d", i), "Exercice", ""))
	}
	s := newSite(t, func(c *Config) { c.Sources = whole10k{list, c.Sources.(*shop)} })
	s.fill(t)
	v, err := s.shelf.take(school)
	if err != nil {
		t.Fatal(err)
	}
	defer s.shelf.give(v)
	index, err := v.index.Advanced()
	if err != nil {
		t.Fatal(err)
	}
	r, err := index.Reader()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if parts := r.(*scorch.IndexSnapshot).Segments(); len(parts) > 2 {
		t.Errorf("the index has %d parts", len(parts))
	}
}
