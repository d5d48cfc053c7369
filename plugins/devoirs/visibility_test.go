package main

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
)

var noon = time.Date(2026, 9, 15, 12, 0, 0, 0, time.UTC)

func groups(names ...ids.GroupID) (out []sdk.Group) {
	for _, n := range names {
		out = append(out, sdk.Group{ID: n, Name: string(n)})
	}
	return out
}

func TestRelationOf(t *testing.T) {
	h := &Homework{Author: "prof", Groups: []Group{{ID: "6A"}}, Pupils: []ids.PersonID{"zoe"}}
	teach, look := []ids.Permission{"devoirs.set"}, []ids.Permission{"devoirs.overview"}
	draft, later, gone := *h, *h, *h
	draft.Draft, later.VisibleFrom, gone.Deleted = true, noon.Add(time.Minute), noon
	for _, c := range []struct {
		name string
		v    sdk.Viewer
		// for h, a draft, one shown later, one in the bin
		want [4]Relation
	}{
		{"pupil of the class", sdk.Viewer{Person: "lea", Profile: ids.Eleve, Groups: groups("6A")}, [4]Relation{Pupil}},
		{"pupil by name", sdk.Viewer{Person: "zoe", Profile: ids.Eleve, Groups: groups("5B")}, [4]Relation{Pupil}},
		{"pupil of another class", sdk.Viewer{Person: "tom", Profile: ids.Eleve, Groups: groups("5B")}, [4]Relation{}},
		{"parent of one", sdk.Viewer{Person: "p", Profile: ids.Parent, Children: []sdk.Child{{ID: "lea", Groups: groups("6A")}}}, [4]Relation{Guardian}},
		{"parent of another", sdk.Viewer{Person: "p", Profile: ids.Parent, Children: []sdk.Child{{ID: "tom", Groups: groups("5B")}}}, [4]Relation{}},
		{"parent in the group themselves", sdk.Viewer{Person: "p", Profile: ids.Parent, Groups: groups("6A")}, [4]Relation{}},
		{"who set it", sdk.Viewer{Person: "prof", Profile: ids.Enseignant, Permissions: teach}, [4]Relation{Author, Author, Author, Author}},
		{"teacher of the class", sdk.Viewer{Person: "x", Profile: ids.Enseignant, Groups: groups("6A"), Permissions: teach}, [4]Relation{Colleague, Stranger, Colleague, Stranger}},
		{"other teacher", sdk.Viewer{Person: "x", Profile: ids.Enseignant, Groups: groups("5B"), Permissions: teach}, [4]Relation{}},
		{"head", sdk.Viewer{Person: "d", Profile: ids.Direction, Permissions: look}, [4]Relation{Overseer, Stranger, Overseer, Stranger}},
		{"staff without a permission", sdk.Viewer{Person: "s", Profile: ids.Personnel, Groups: groups("6A")}, [4]Relation{}},
		{"a pupil called as the teacher", sdk.Viewer{Person: "prof", Profile: ids.Eleve}, [4]Relation{}},
	} {
		for i, h := range []*Homework{h, &draft, &later, &gone} {
			if got := RelationOf(&c.v, h, noon); got != c.want[i] {
				t.Errorf("%s, homework %d: %d, want %d", c.name, i, got, c.want[i])
			}
		}
	}
}

// No pupil outside the target ever sees a homework, and no parent by a child
// that is not theirs, whatever the groups, names and times.
func TestNobodyOutsideTheTarget(t *testing.T) {
	group := rapid.SampledFrom([]ids.GroupID{"6A", "6B", "latin", "chorale"})
	person := rapid.SampledFrom([]ids.PersonID{"ana", "bob", "cleo", "dan"})
	minutes := rapid.IntRange(-3, 3)
	rapid.Check(t, func(t *rapid.T) {
		h := &Homework{
			Pupils: rapid.SliceOfNDistinct(person, 0, 3, rapid.ID).Draw(t, "named"),
			Draft:  rapid.Bool().Draw(t, "draft"), VisibleFrom: noon.Add(time.Duration(minutes.Draw(t, "from")) * time.Minute),
		}
		for _, g := range rapid.SliceOfNDistinct(group, 0, 3, rapid.ID).Draw(t, "groups") {
			h.Groups = append(h.Groups, Group{ID: g})
		}
		if rapid.Bool().Draw(t, "deleted") {
			h.Deleted = noon
		}
		child := sdk.Child{ID: person.Draw(t, "pupil"), Groups: groups(rapid.SliceOfNDistinct(group, 0, 3, rapid.ID).Draw(t, "theirs")...)}
		meant := slices.Contains(h.Pupils, child.ID)
		for _, g := range child.Groups {
			meant = meant || slices.ContainsFunc(h.Groups, func(x Group) bool { return x.ID == g.ID })
		}
		want := meant && !h.Draft && h.Deleted.IsZero() && !h.VisibleFrom.After(noon)
		pupil := &sdk.Viewer{Person: child.ID, Profile: ids.Eleve, Groups: child.Groups}
		if got := RelationOf(pupil, h, noon) == Pupil; got != want {
			t.Fatalf("pupil %+v sees %+v: %v", pupil, h, got)
		}
		parent := &sdk.Viewer{Person: "parent", Profile: ids.Parent, Children: []sdk.Child{child}}
		if got := RelationOf(parent, h, noon) == Guardian; got != want {
			t.Fatalf("parent of %+v sees %+v: %v", child, h, got)
		}
	})
}

func TestChosenChildAlone(t *testing.T) {
	h := &Homework{Groups: []Group{{ID: "6A"}}}
	v := &sdk.Viewer{Profile: ids.Parent, Children: []sdk.Child{{ID: "ana", Groups: groups("6A")}, {ID: "bob", Groups: groups("6A")}, {ID: "cleo"}}}
	for chosen, want := range map[ids.PersonID]int{"": 2, "bob": 1, "cleo": 2} {
		v.Child = chosen
		if got := childrenOf(v, h, noon); len(got) != want {
			t.Errorf("looking at %q: %v, want %d", chosen, got, want)
		}
	}
}
