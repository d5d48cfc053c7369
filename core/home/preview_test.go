package home

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// TestAPreviewAsksNobodysData: the page of another profile calls no module, that
// of one's own profile is answered to oneself.
func TestAPreviewAsksNobodysData(t *testing.T) {
	s, b := newBench(t, Pace{}, offer("a"), offer("b"))
	b.offers[0].Examples = []string{"m.example"}
	ctx, ana := context.Background(), asking("ana") // a pupil who may arrange, for the test
	for profile, calls := range map[ids.Profile]int64{ids.Parent: 0, ids.Direction: 0, ids.Eleve: 2} {
		before := b.calls.Load()
		page, err := s.SchoolPage(ctx, "0750655E", profile)
		if err != nil {
			t.Fatal(err)
		}
		for _, layout := range []Layout{page.Layout, page.Guided()} {
			shown, err := s.Preview(ctx, ana, page, layout)
			if err != nil || len(shown) != len(layout) {
				t.Fatalf("%s: %d blocks of %d, %v", profile, len(shown), len(layout), err)
			}
			for _, w := range shown {
				if own := profile == ids.Eleve; !own && w.State != Sample || own && w.Module() == "m" && w.State != OK {
					t.Errorf("%s sees %s %s", profile, w.Widget, w.State)
				}
				if w.State == Sample && w.Widget == "m.a" && w.Node.GetList().GetItems()[0].GetTitle().GetKey() != "m.example" {
					t.Errorf("the example of %s is %v", w.Widget, w.Node)
				}
			}
		}
		if got := b.calls.Load() - before; got != calls {
			t.Errorf("the page of %s called modules %d times, want %d", profile, got, calls)
		}
		s.Samples(ctx, ana, page)
		if got := b.calls.Load() - before; got != calls {
			t.Errorf("the catalogue of %s called modules", profile)
		}
	}
}

func TestTheCatalogueShowsWhatOneMaySee(t *testing.T) {
	s, b := newBench(t, Pace{}, offer("a"), Offer{Widget: "m.never", Permission: "m.never", Sizes: []Size{Small}})
	ctx, ana := context.Background(), expertOf(t, s, "ana")
	_, shown, err := s.Catalogue(ctx, ana, "")
	if err != nil || slices.ContainsFunc(shown, func(w Placed) bool { return w.Widget == "m.never" }) {
		t.Errorf("%v in the catalogue, %v", shown, err)
	}
	if i := slices.IndexFunc(shown, func(w Placed) bool { return w.Widget == "m.a" }); i < 0 || shown[i].State != OK || string(shown[i].HTML) == "" || b.calls.Load() != 1 {
		t.Errorf("the preview is not live: %+v", shown)
	}
	for widget, want := range map[string]errors.Kind{"m.a": errors.OK, "m.never": errors.Denied, "m.none": errors.NotFound} {
		if _, err := s.Glimpse(ctx, ana, widget); errors.KindOf(err) != want {
			t.Errorf("a glimpse of %s: %v, want %v", widget, err, want)
		}
	}
}

// TestTheSchoolsLaterChangesReachPeople: after whatever a person did on their
// page, and whatever the school does then, what the school holds is there, what
// it locked is as it has it, what it took away is gone unless the person placed
// it themselves, what it added is there unless they had hidden it, and nothing
// the person placed themselves is lost.
func TestTheSchoolsLaterChangesReachPeople(t *testing.T) {
	s, b := newBench(t, Pace{})
	for i := range 6 {
		o := offer(fmt.Sprint("w", i))
		o.Sizes = ui.Sizes()
		if i > 3 {
			o.Profiles = nil // nobody has it from the start
		}
		b.offers = append(b.offers, o)
	}
	ctx, n := context.Background(), 0
	widgets := []string{BannerWidget, "m.w0", "m.w1", "m.w2", "m.w3", "m.w4", "m.w5"}
	rapid.Check(t, func(rt *rapid.T) {
		n++
		profile := ids.Profiles()[n%len(ids.Profiles())]
		c := expertOf(t, s, fmt.Sprint("person", n))
		c.Viewer.Profile = string(profile)
		change := func(d interface {
			Step(string, int) error
			Resize(string, Size) error
			Hide(string) error
			Add(string, Tuning) (string, error)
		}) (err error) {
			which := rapid.SampledFrom(widgets).Draw(rt, "which")
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0:
				err = d.Step(which, rapid.SampledFrom([]int{-2, -1, 1, 2}).Draw(rt, "by"))
			case 1:
				err = d.Resize(which, rapid.SampledFrom(ui.Sizes()).Draw(rt, "size"))
			case 2:
				err = d.Hide(which)
			case 3:
				_, err = d.Add(which, Tuning{})
			}
			return err
		}
		for range rapid.IntRange(0, 6).Draw(rt, "own") {
			_ = s.Arrange(ctx, c, "", func(p *Page) error { return change(p) })
		}
		was := pageOf(t, s, c, "")
		for range rapid.IntRange(1, 6).Draw(rt, "school") {
			_ = s.ChangeSchool(ctx, audit.By{}, "0750655E", profile, func(p *SchoolPage) error {
				if rapid.Bool().Draw(rt, "hold") {
					return p.Keep(rapid.SampledFrom(widgets).Draw(rt, "held"), rapid.SampledFrom([]Hold{Free, PinnedIn, LockedIn}).Draw(rt, "how"))
				}
				return change(p)
			})
		}
		school, err := s.SchoolPage(ctx, "0750655E", profile)
		if err != nil {
			rt.Fatal(err)
		}
		page := pageOf(t, s, c, "")
		for _, at := range school.Layout {
			i := page.Layout.Index(at.Instance)
			hidden := slices.Contains(was.diff.Hidden, at.Instance)
			switch {
			case i < 0 && (at.Fixed() || !hidden):
				rt.Fatalf("%s of the school is not on %v (hidden %v)", at.Instance, page.Layout.instances(), was.diff.Hidden)
			case i >= 0 && at.Locked && (page.Layout[i].Size != at.Size || !page.Layout[i].Locked):
				rt.Fatalf("%s is locked as %+v, shown as %+v", at.Instance, at, page.Layout[i])
			}
			if _, own := was.diff.Sizes[at.Instance]; i >= 0 && !own && page.Layout[i].Size != at.Size {
				rt.Fatalf("%s has size %s at school, %s here, and the person chose none", at.Instance, at.Size, page.Layout[i].Size)
			}
		}
		for _, at := range page.Layout {
			own := slices.ContainsFunc(was.diff.Added, func(p Placement) bool { return p.Instance == at.Instance })
			if school.Layout.Index(at.Instance) < 0 && !own {
				rt.Fatalf("%s was taken away by the school and is still on %v", at.Instance, page.Layout.instances())
			}
		}
		for _, at := range was.diff.Added {
			if page.Layout.Index(at.Instance) < 0 {
				rt.Fatalf("%s, which the person placed, is lost from %v", at.Instance, page.Layout.instances())
			}
		}
		for i := range school.Layout.head() {
			if page.Layout[i].Instance != school.Layout[i].Instance {
				rt.Fatalf("what is locked in front, %v, is not in front of %v", school.Layout.instances(), page.Layout.instances())
			}
		}
		if err := s.Arrange(ctx, c, "", func(p *Page) error { return p.Reset() }); err != nil {
			rt.Fatal(err)
		}
		if got := pageOf(t, s, c, "").Layout.instances(); !slices.Equal(got, school.Layout.instances()) {
			rt.Fatalf("back to the school's page: %v, want %v", got, school.Layout.instances())
		}
	})
}
