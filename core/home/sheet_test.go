package home

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
)

func names(tabs []Tab) string {
	out := make([]string, len(tabs))
	for i, t := range tabs {
		out[i] = t.ID + "=" + t.Name
	}
	return strings.Join(out, " ")
}

func TestFurtherPagesAreNamedOrderedAndComeBack(t *testing.T) {
	s, _ := newBench(t, Pace{}, offer("a"), offer("b"))
	ctx, ana := context.Background(), expertOf(t, s, "ana")
	add := func(name string) func(*Page) error {
		return func(p *Page) error { _, err := p.AddSheet(name); return err }
	}
	for _, step := range []struct {
		on   string
		do   func(*Page) error
		want string
	}{
		{"", add(" Ma  classe "), "ma-classe=Ma classe"},
		{"", add("Éveil & Œuvres !"), "ma-classe=Ma classe eveil-oeuvres=Éveil & Œuvres !"},
		{"eveil-oeuvres", func(p *Page) error { return p.StepSheet(-1) }, "eveil-oeuvres=Éveil & Œuvres ! ma-classe=Ma classe"},
		{"ma-classe", func(p *Page) error { return p.RenameSheet("Pilotage") }, "eveil-oeuvres=Éveil & Œuvres ! ma-classe=Pilotage"},
		{"", add("Ma classe"), "eveil-oeuvres=Éveil & Œuvres ! ma-classe=Pilotage ma-classe-2=Ma classe"},
		{"eveil-oeuvres", (*Page).DropSheet, "ma-classe=Pilotage ma-classe-2=Ma classe"},
		{"", (*Page).TakeBack, "eveil-oeuvres=Éveil & Œuvres ! ma-classe=Pilotage ma-classe-2=Ma classe"},
		{"", (*Page).BringBack, "ma-classe=Pilotage ma-classe-2=Ma classe"},
		{"", add("???"), "ma-classe=Pilotage ma-classe-2=Ma classe page=???"},
	} {
		arrange(t, s, ana, step.on, step.do)
		if got := names(pageOf(t, s, ana, "").Sheets); got != step.want {
			t.Fatalf("pages %q, want %q", got, step.want)
		}
	}
	for name, key := range map[string]string{"": "home.sheet.unnamed", "pilotage": "home.sheet.twice", strings.Repeat("é", 41): "home.sheet.long"} {
		if err := s.Arrange(ctx, ana, "", add(name)); errors.FieldsOf(err)["nom"] != key {
			t.Errorf("a page called %q: %v, want %s", name, err, key)
		}
	}
	if _, err := s.PageAt(ctx, ana, "nobody"); errors.KindOf(err) != errors.NotFound {
		t.Errorf("a page that is not there: %v", err)
	}
	for _, do := range []func(*Page) error{(*Page).DropSheet, func(p *Page) error { return p.RenameSheet("x") }, func(p *Page) error { return p.StepSheet(1) }} {
		if err := s.Arrange(ctx, ana, "", do); errors.KindOf(err) != errors.NotFound {
			t.Errorf("the first page is nobody's to drop, name or move: %v", err)
		}
	}
	if err := s.SetMode(ctx, ana, GuidedMode); err != nil {
		t.Fatal(err)
	}
	if p := pageOf(t, s, ana, "ma-classe"); p.Sheet != "" || len(p.Sheets) != 0 || len(p.Layout) > GuidedMost {
		t.Errorf("the guided page has further ones: %+v", p.Sheets)
	}
}

func TestAFurtherPageIsFilledByItsOwner(t *testing.T) {
	s, b := newBench(t, Pace{}, offer("a"), offer("b"), Offer{Widget: "m.never", Permission: "m.never", Sizes: []Size{Small}})
	ctx, ana := context.Background(), expertOf(t, s, "ana")
	b.offers[0].Fields = []manifest.SettingField{{Name: "lines", Type: "integer", Default: 5.0}, {Name: "child", Type: "string", Format: manifest.FormatChild, Default: ""}}
	arrange(t, s, ana, "", func(p *Page) error { _, err := p.AddSheet("Ma classe"); return err })
	first := pageOf(t, s, ana, "").Layout.instances()
	var twice string
	arrange(t, s, ana, "ma-classe", func(p *Page) error { _, err := p.Add("m.a", Tuning{}); return err })
	arrange(t, s, ana, "ma-classe", func(p *Page) (err error) {
		twice, err = p.Add("m.a", Tuning{Title: "La mienne", Settings: map[string]string{"lines": "9"}})
		return err
	})
	page := pageOf(t, s, ana, "ma-classe")
	if got := page.Layout.instances(); !slices.Equal(got, []string{BannerWidget, "m.a", twice}) || !page.Layout[0].Pinned {
		t.Fatalf("page = %v", got)
	}
	if at := page.Layout[2]; at.Title != "La mienne" || at.Settings["lines"] != "9" {
		t.Errorf("the second block is %+v", at)
	}
	for widget, want := range map[string]errors.Kind{"m.b": errors.OK, "m.none": errors.NotFound, "m.never": errors.Denied, BannerWidget: errors.Conflict} {
		err := s.Arrange(ctx, ana, "ma-classe", func(p *Page) error { _, err := p.Add(widget, Tuning{}); return err })
		if errors.KindOf(err) != want {
			t.Errorf("adding %s: %v, want %v", widget, err, want)
		}
	}
	if err := s.Arrange(ctx, ana, "ma-classe", func(p *Page) error { return p.Hide(BannerWidget) }); errors.KindOf(err) != errors.Denied {
		t.Errorf("the banner is taken off a further page: %v", err)
	}
	composed, err := s.ComposeAt(ctx, ana, "ma-classe")
	if err != nil || len(composed.Widgets) != 3 || composed.Widgets[0].Settings["lines"] != "5" || composed.Widgets[1].Settings["lines"] != "9" {
		t.Fatalf("composed %+v, %v", composed, err)
	}
	if w, err := s.Widget(ctx, ana, twice); err != nil || w.Title != "La mienne" {
		t.Errorf("a late widget of a further page: %v %v", w, err)
	}
	arrange(t, s, ana, "ma-classe", func(p *Page) error { return p.MoveToSheet(twice, "") })
	if i := slices.IndexFunc(pageOf(t, s, ana, "").Layout, func(p Placement) bool { return p.Title == "La mienne" && p.Settings["lines"] == "9" }); i < 0 || pageOf(t, s, ana, "ma-classe").Layout.Index(twice) >= 0 {
		t.Error("the block did not move to the first page with its settings")
	}
	arrange(t, s, ana, "", (*Page).TakeBack)
	if got := pageOf(t, s, ana, "").Layout.instances(); !slices.Equal(got, first) {
		t.Errorf("undone: %v, want %v", got, first)
	}
	bilal := expertOf(t, s, "bilal")
	if _, err := s.PageAt(ctx, bilal, "ma-classe"); errors.KindOf(err) != errors.NotFound {
		t.Errorf("somebody else's page: %v", err)
	}
}

// TestASettingNamesOnesOwn: neither a child nor a group of somebody else.
func TestASettingNamesOnesOwn(t *testing.T) {
	o := Offer{Fields: []manifest.SettingField{{Name: "child", Type: "string", Format: manifest.FormatChild, Default: ""}, {Name: "group", Type: "string", Format: manifest.FormatGroup, Default: ""}},
		check: func(json.RawMessage) error { return nil }}
	paul := asking("paul", "lina")
	for _, c := range []struct {
		who         *host.Caller
		name, value string
		ok          bool
	}{
		{&paul, "child", "lina", true}, {&paul, "child", "", true}, {&paul, "child", "yanis", false}, {&paul, "group", "5b", false}, {nil, "child", "lina", false}, {nil, "child", "", true},
	} {
		got, err := o.Accept(c.who, map[string]string{c.name: c.value, "other": "x"})
		if (err == nil) != c.ok || c.ok && (got[c.name] != c.value || len(got) != 1) {
			t.Errorf("%s = %q: %v %v", c.name, c.value, got, err)
		}
	}
}

// TestUndoGivesBackWhatWas: whatever an expert does on whichever page, undoing
// all of it gives the beginning back, and doing it again the end.
func TestUndoGivesBackWhatWas(t *testing.T) {
	s, _ := newBench(t, Pace{}, offer("a"), offer("b"), offer("c"))
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		c := expertOf(t, s, "p"+strings.Repeat("x", n))
		state := func() string {
			var out strings.Builder
			first := pageOf(t, s, c, "")
			for _, tab := range append([]Tab{{}}, first.Sheets...) {
				p := pageOf(t, s, c, tab.ID)
				b, _ := json.Marshal(p.Layout)
				out.WriteString(tab.ID + "/" + tab.Name + string(b) + "\n")
			}
			return out.String()
		}
		states := []string{state()}
		for range rapid.IntRange(1, 12).Draw(rt, "changes") {
			tabs := append([]Tab{{}}, pageOf(t, s, c, "").Sheets...)
			on := tabs[rapid.IntRange(0, len(tabs)-1).Draw(rt, "page")].ID
			which := rapid.SampledFrom([]string{BannerWidget, "m.a", "m.b", "m.c"}).Draw(rt, "which")
			what := rapid.IntRange(0, 6).Draw(rt, "what")
			_ = s.Arrange(context.Background(), c, on, func(p *Page) (err error) { // what cannot be done changes nothing
				switch what {
				case 0:
					_, err = p.AddSheet(rapid.SampledFrom([]string{"A", "B", "C"}).Draw(rt, "name"))
				case 1:
					err = p.DropSheet()
				case 2:
					err = p.StepSheet(rapid.SampledFrom([]int{-1, 1}).Draw(rt, "by"))
				case 3:
					_, err = p.Add(which, Tuning{})
				case 4:
					err = p.Hide(which)
				case 5:
					err = p.Step(which, rapid.SampledFrom([]int{-1, 1}).Draw(rt, "by"))
				case 6:
					err = p.Tune(which, Tuning{Title: rapid.SampledFrom([]string{"", "X", "Y"}).Draw(rt, "title")})
				}
				return err
			})
			if now := state(); now != states[len(states)-1] {
				states = append(states, now)
			}
		}
		turn := func(turn func(*Page) error) bool { return s.Arrange(context.Background(), c, "", turn) == nil }
		for turn((*Page).TakeBack) {
		}
		if got := state(); got != states[0] {
			rt.Fatalf("all undone:\n%swant\n%s", got, states[0])
		}
		for turn((*Page).BringBack) {
		}
		if got := state(); got != states[len(states)-1] {
			rt.Fatalf("all done again:\n%swant\n%s", got, states[len(states)-1])
		}
	})
}
