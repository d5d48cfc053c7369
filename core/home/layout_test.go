package home

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

func places(names ...string) Layout {
	l := Layout{}
	for _, n := range names {
		l = append(l, Placement{Instance: n, Widget: "m." + n, Size: Medium})
	}
	return l
}

// instances returns the names in order.
func (l Layout) instances() []string {
	names := make([]string, len(l))
	for i, p := range l {
		names[i] = p.Instance
	}
	return names
}

// drawBase draws a school's layout: some pinned, some locked, a locked head.
func drawBase(t *rapid.T) Layout {
	l := places()
	for i := range rapid.IntRange(0, 9).Draw(t, "widgets") {
		p := places(fmt.Sprintf("w%d", i))[0]
		p.Pinned = rapid.IntRange(0, 4).Draw(t, "pin") == 0
		p.Locked = rapid.IntRange(0, 6).Draw(t, "lock") == 0
		l = append(l, p)
	}
	return l
}

// drawDiff draws what a person did to base, edit by edit.
func drawDiff(t *rapid.T, base Layout) Diff {
	var d Diff
	for range rapid.IntRange(0, 12).Draw(t, "edits") {
		page := d.Apply(base)
		if len(page) == 0 {
			break
		}
		which := rapid.SampledFrom(page.instances()).Draw(t, "which")
		next, err := d, error(nil)
		switch rapid.IntRange(0, 4).Draw(t, "edit") {
		case 0, 1:
			next, err = d.Move(base, which, rapid.IntRange(-1, 10).Draw(t, "to"))
		case 2:
			next, err = d.Resize(base, which, rapid.SampledFrom(ui.Sizes()).Draw(t, "size"))
		case 3:
			next, err = d.Hide(base, which)
		case 4:
			next, err = d.Add(base, places(fmt.Sprintf("p%d", rapid.IntRange(0, 3).Draw(t, "own")))[0])
		}
		if k := errors.KindOf(err); k != errors.OK && k != errors.Denied && k != errors.Conflict {
			t.Fatalf("edit failed: %v", err)
		}
		d = next
	}
	return d
}

func TestNoDiffLosesWhatTheSchoolPinned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t)
		page := drawDiff(t, base).Apply(base)
		for _, p := range base {
			i := page.Index(p.Instance)
			if p.Fixed() && i < 0 {
				t.Fatalf("%s was pinned and is gone from %v", p.Instance, page.instances())
			}
			if p.Locked && page[i].Size != p.Size {
				t.Fatalf("%s was locked and is now %s", p.Instance, page[i].Size)
			}
		}
		for i := range base.head() {
			if page[i].Instance != base[i].Instance {
				t.Fatalf("locked head %v became %v", base.instances(), page.instances())
			}
		}
	})
}

func TestLaterSchoolAdditionsAppear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t)
		d := drawDiff(t, base)
		at := rapid.IntRange(0, len(base)).Draw(t, "at")
		later := slices.Insert(slices.Clone(base), at, places("new")[0])
		page := d.Apply(later)
		if page.Index("new") < 0 {
			t.Fatalf("the school's addition does not appear in %v", page.instances())
		}
		was := d.Apply(base)
		before := was.instances()
		rest := slices.DeleteFunc(page.instances(), func(s string) bool { return s == "new" })
		// An addition in front of what was locked ends the locked head: whoever
		// wanted a widget first then has it there.
		if at >= base.head() && page.head() == was.head() && !slices.Equal(rest, before) {
			t.Fatalf("the addition reordered the others: %v, was %v", rest, before)
		}
	})
}

func TestMoveDoesWhatItSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t)
		d := drawDiff(t, base)
		page := d.Apply(base)
		if len(page) == 0 {
			return
		}
		which := rapid.SampledFrom(page.instances()).Draw(t, "which")
		to := rapid.IntRange(0, len(page)-1).Draw(t, "to")
		next, err := d.Move(base, which, to)
		if err != nil {
			return
		}
		p := page[page.Index(which)]
		want := slices.DeleteFunc(slices.Clone(page), func(p Placement) bool { return p.Instance == which })
		want = slices.Insert(want, min(max(to, want.head()), len(want)), p)
		if got := next.Apply(base); !slices.Equal(got.instances(), want.instances()) {
			t.Fatalf("move %s to %d of %v gives %v, want %v (%+v)", which, to, page.instances(), got.instances(), want.instances(), next.Moved)
		}
		if len(next.Moved) >= len(page) && len(page) > 0 {
			t.Fatalf("every placement of %v counts as moved", page.instances())
		}
	})
}

func TestResetGivesTheSchoolsLayout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := drawBase(t)
		if got := (Diff{}).Apply(base); !slices.Equal(got.instances(), base.instances()) {
			t.Fatalf("the empty diff turns %v into %v", base.instances(), got.instances())
		}
	})
}

func TestSchoolReordersWhatThePersonLeftAlone(t *testing.T) {
	base := places("a", "b", "c", "d")
	d, err := Diff{}.Move(base, "d", 0) // d a b c
	if err != nil {
		t.Fatal(err)
	}
	got := d.Apply(places("b", "c", "a", "d")).instances()
	if want := []string{"d", "b", "c", "a"}; !slices.Equal(got, want) {
		t.Errorf("page = %v, want %v", got, want)
	}
}

func TestAMoveOutlivesItsNeighbours(t *testing.T) {
	base := places("a", "b", "c", "d")
	d, _ := Diff{}.Move(base, "d", 2) // a b d c
	for _, c := range []struct{ school, want []string }{
		{[]string{"a", "c", "d"}, []string{"a", "d", "c"}}, // b left: still before c
		{[]string{"a", "d"}, []string{"a", "d"}},           // both left: the school's place
	} {
		if got := d.Apply(places(c.school...)).instances(); !slices.Equal(got, c.want) {
			t.Errorf("school %v: page = %v, want %v", c.school, got, c.want)
		}
	}
}

func TestGuidedHoldsFiveAndWhatIsPinned(t *testing.T) {
	offers := append(Own(), Offer{Widget: "agenda.jour", Profiles: []ids.Profile{ids.Eleve}, Guided: []ids.Profile{ids.Eleve}, Sizes: []Size{Medium}})
	for i := range 6 {
		offers = append(offers, Offer{Widget: fmt.Sprintf("m%d.w", i), Profiles: []ids.Profile{ids.Eleve}, Sizes: []Size{Small}})
	}
	school := Default(offers, ids.Eleve)
	if len(school) != 10 || school[0].Widget != BannerWidget || school[1].Widget != "agenda.jour" {
		t.Fatalf("default = %v", school.instances())
	}
	school = Diff{Pinned: []string{"m5.w"}}.Apply(school)
	page := Guided(school, offers, ids.Eleve)
	for _, want := range []string{BannerWidget, "agenda.jour", "m5.w", ShortcutsWidget, NewsWidget} {
		if page.Index(want) < 0 {
			t.Errorf("%s is missing from %v", want, page.instances())
		}
	}
	if len(page) != GuidedMost {
		t.Errorf("guided page has %d widgets", len(page))
	}
}

// TestWhatTheSchoolPinsComesBackAndTheRestStays: the school's page changes
// under a person who has arranged their own.
func TestWhatTheSchoolPinsComesBackAndTheRestStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		below := places()
		for i := range rapid.IntRange(1, 8).Draw(t, "widgets") {
			below = append(below, places(fmt.Sprintf("w%d", i))[0])
		}
		person := drawDiff(t, below)
		before := person.Apply(below)
		p := &SchoolPage{Desk: Desk{below: below}, kept: &layer{}}
		for _, at := range below {
			p.offers = append(p.offers, Offer{Widget: at.Widget, Sizes: ui.Sizes()})
		}
		p.drawUp()
		which := rapid.SampledFrom(below.instances()).Draw(t, "which")
		if err := p.Keep(which, PinnedIn); err != nil {
			t.Fatal(err)
		}
		page := person.Apply(p.Layout)
		if i := page.Index(which); i < 0 || !page[i].Pinned {
			t.Fatalf("%s was pinned, but the page is %v", which, page.instances())
		}
		rest := func(l Layout) []string {
			return slices.DeleteFunc(l.instances(), func(s string) bool { return s == which })
		}
		if !slices.Equal(rest(page), rest(before)) {
			t.Fatalf("pinning %s turned %v into %v", which, before.instances(), page.instances())
		}
		if err := p.Reset(); err != nil || p.Changed || !slices.Equal(person.Apply(p.Layout).instances(), before.instances()) {
			t.Fatalf("after the original layout: %v, was %v (%v)", person.Apply(p.Layout).instances(), before.instances(), err)
		}
	})
}
