package search

import (
	"slices"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"
	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/wire"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func pick(t *rapid.T, label string, from ...string) []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 0, 2, rapid.ID).Draw(t, label)
}

func groupsOf(names []string) (out []*wire.Group) {
	for _, n := range names {
		out = append(out, &wire.Group{Id: n})
	}
	return out
}

func stampOf(t *rapid.T, label string) *timestamppb.Timestamp {
	if rapid.Bool().Draw(t, label+"?") {
		return nil
	}
	return timestamppb.New(noon.Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, label)) * time.Hour))
}

func drawDocument(t *rapid.T) *wire.Document {
	d := &wire.Document{Id: "d", From: stampOf(t, "from")}
	for range rapid.IntRange(0, 3).Draw(t, "audiences") {
		d.Audience = append(d.Audience, &wire.Audience{
			People: pick(t, "people", "ana", "bob", "cleo"), Groups: pick(t, "groups", "6A", "6B"),
			Profiles: pick(t, "profiles", "eleve", "parent", "enseignant"), Permissions: pick(t, "permissions", "m.a", "m.b"),
			Guardians: rapid.Bool().Draw(t, "guardians"), From: stampOf(t, "afrom"),
		})
	}
	return d
}

func drawViewer(t *rapid.T) *wire.Viewer {
	v := &wire.Viewer{Person: rapid.SampledFrom([]string{"ana", "bob", "dan"}).Draw(t, "viewer"),
		Profile: rapid.SampledFrom([]string{"eleve", "parent", "enseignant"}).Draw(t, "profile"),
		Groups:  groupsOf(pick(t, "own", "6A", "6B")), Permissions: pick(t, "may", "m.a", "m.b")}
	for range rapid.IntRange(0, 2).Draw(t, "children") {
		v.Children = append(v.Children, &wire.Child{Person: rapid.SampledFrom([]string{"ana", "bob", "cleo"}).Draw(t, "child"),
			Groups: groupsOf(pick(t, "theirs", "6A", "6B"))})
	}
	return v
}

// What the index decides by terms is what the contract says in words.
func TestTermsMeetWhereTheAudienceAdmits(t *testing.T) {
	admitted := 0
	rapid.Check(t, func(t *rapid.T) {
		d, v := drawDocument(t), drawViewer(t)
		terms, next := termsOf(d, noon)
		theirs := termsFor(v, v.Permissions)
		meet := slices.ContainsFunc(terms, func(s string) bool { return slices.Contains(theirs, s) })
		if want := d.Admits(v, noon); meet != want {
			t.Fatalf("the terms say %v, the audience %v\n%v\n%v", meet, want, d, v)
		}
		if meet {
			admitted++
		}
		if next.IsZero() {
			if later := noon.AddDate(1, 0, 0); d.Admits(v, later) != meet {
				t.Fatalf("it is another audience in a year, and nobody looks again: %v", d)
			}
		} else if !next.After(noon) {
			t.Fatalf("to be looked at again at %v, which is over", next)
		}
	})
	if admitted == 0 {
		t.Error("nobody was admitted: the test tells nothing")
	}
}

func TestAudienceIsBounded(t *testing.T) {
	a := &wire.Audience{}
	for i := range 300 {
		a.People = append(a.People, string(rune('a'+i)))
		a.Groups = append(a.Groups, string(rune('a'+i)))
	}
	if terms, _ := termsOf(&wire.Document{Audience: []*wire.Audience{a}}, noon); len(terms) != maxTerms {
		t.Errorf("%d terms, want %d", len(terms), maxTerms)
	}
}
