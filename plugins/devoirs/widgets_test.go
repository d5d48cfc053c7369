package main

import (
	"fmt"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
)

func TestToDoWidget(t *testing.T) {
	c := newCast(t)
	if n := c.As(c.lea).Widget("a-rendre"); n.Empty == nil || len(n.GetChecklist().Items) > 0 {
		t.Errorf("empty widget: %v", n)
	}
	for i := range 8 {
		c.sets(t, sheet(with("titre", fmt.Sprintf("Devoir %d", i)), with("echeance", fmt.Sprintf("2026-09-%02dT08:00", 25-i))))
	}
	both := c.sets(t, sheet(with("titre", "Pour trois"), with("pour", "g:latin", "p:lea-martin"), with("echeance", "2026-09-16T08:00")))

	small, err := c.As(c.lea).TryWidget("a-rendre", ui.Small, nil)
	if err != nil || len(small.GetChecklist().Items) != 3 || small.Link.Label.Key != "devoirs.all.more" {
		t.Fatalf("small: %v, %v", small, err)
	}
	items := small.GetChecklist().Items
	if items[0].Title.Plain != "Pour trois" || items[1].Title.Plain != "Devoir 7" || items[0].Toggle == nil || items[0].Tone != ui.Warn {
		t.Errorf("order: %v", items)
	}
	// the mother of two sees it once for each child, under its name, read only
	var about []string
	for _, line := range c.As(c.mother).Widget("a-rendre").GetChecklist().Items {
		if line.Link.Path == "/devoir/"+both {
			about = append(about, line.About[0].Name)
		}
		if line.Toggle != nil {
			t.Errorf("a parent ticks: %v", line)
		}
	}
	if !slices.Equal(about, []string{"Léa", "Zoé"}) && !slices.Equal(about, []string{"Zoé", "Léa"}) {
		t.Errorf("about %q", about)
	}
	plugintest.HasNot(t, c.As(c.mother).LookingAt(c.zoe).Widget("a-rendre"), "Devoir 7", "Léa")
	plugintest.HasNot(t, c.As(c.nosy).Widget("a-rendre"), "Pour trois", "Devoir 7")
}

// TestWidgetsAreSetUp: several blocks of one widget, each with its settings.
func TestWidgetsAreSetUp(t *testing.T) {
	c := newCast(t)
	for i := range 8 {
		c.sets(t, sheet(with("titre", fmt.Sprintf("Devoir %d", i)), with("echeance", fmt.Sprintf("2026-09-%02dT08:00", 16+i))))
	}
	c.sets(t, sheet(with("titre", "Version latine"), with("pour", "g:latin")))
	set := func(who ids.PersonID, widget string, pairs ...string) *ui.Node {
		t.Helper()
		options := map[string]string{}
		for i := 0; i+1 < len(pairs); i += 2 {
			options[pairs[i]] = pairs[i+1]
		}
		n, err := c.As(who).TryWidget(widget, ui.Small, options)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := len(set(c.lea, "a-rendre", "lines", "7").GetChecklist().Items); n != 7 {
		t.Errorf("%d lines, want 7", n)
	}
	if n := set(c.lea, "a-rendre", "lines", "20", "days", "1").GetChecklist().Items; len(n) > 2 {
		t.Errorf("a day ahead: %d lines", len(n))
	}
	plugintest.HasNot(t, set(c.mother, "a-rendre", "lines", "20", "child", string(c.zoe)), "Devoir 1")
	plugintest.Has(t, set(c.mother, "a-rendre", "lines", "20", "child", string(c.zoe)), "Version latine")
	plugintest.Has(t, set(c.mother, "a-rendre", "lines", "20", "child", "somebody-else"), "Devoir 1", "Version latine")
	plugintest.HasNot(t, set(c.nosy, "a-rendre", "lines", "20", "child", string(c.lea)), "Devoir 1", "Version latine")
	c.Advance(15 * 24 * time.Hour)
	if got := set(c.prof, "taux", "group", "latin").GetChart().Categories; len(got) != 1 || got[0].Plain != "Latin" {
		t.Errorf("one group: %v", got)
	}
}

func TestRateWidget(t *testing.T) {
	c := newCast(t)
	id := c.sets(t, sheet(with("pour", "g:6e-a", "g:latin")))
	c.handsIn(t, c.lea, id, "a")
	c.handsIn(t, c.zoe, id, "b")
	if n := c.As(c.prof).Widget("taux"); n.Empty == nil || len(n.GetChart().Categories) > 0 {
		t.Errorf("nothing was due yet: %v", n)
	}
	c.Advance(3 * 24 * time.Hour)
	for who, want := range map[ids.PersonID]string{
		c.prof:      "6e A 50 Latin 50", // Tom, of both, counts with 6e A, where Latin expects him too
		c.head:      "6e A 50 Latin 50",
		c.colleague: "", // set nothing
	} {
		chart := c.As(who).Widget("taux").GetChart()
		got := ""
		for i, name := range chart.Categories {
			got += fmt.Sprintf(" %s %v", name.Plain, chart.Series[0].Values[i])
		}
		if got != "" {
			got = got[1:]
		}
		if got != want || chart.Summary.GetKey() != "devoirs.rate.summary" {
			t.Errorf("%s: %q, want %q", who, got, want)
		}
	}
	if _, err := c.As(c.office).TryWidget("taux", ui.Medium, nil); err != nil {
		t.Errorf("school life: %v", err)
	}
	if _, err := c.As(c.lea).TryWidget("taux", ui.Medium, nil); errors.KindOf(err) != errors.NotFound {
		t.Errorf("a pupil reads rates: %v", err)
	}
}

func TestCalendar(t *testing.T) {
	c := newCast(t)
	c.sets(t, sheet())
	c.sets(t, sheet(with("pour", "g:latin"), with("titre", "Latin pour tous"), with("echeance", "2026-09-18T10:00")))
	c.sets(t, sheet(with("brouillon", "1"), with("titre", "Brouillon")))
	week := c.Now().AddDate(0, 0, 7)
	for who, want := range map[ids.PersonID][]string{
		c.lea: {"Récit d'une page"}, c.tom: {"Récit d'une page", "Latin pour tous"}, c.zoe: {"Latin pour tous"}, c.max: nil,
		c.mother: {"Récit d'une page", "Latin pour tous"}, c.nosy: nil,
		c.prof: {"Récit d'une page", "Latin pour tous"}, c.colleague: nil, c.head: nil,
	} {
		entries := c.As(who).Calendar(c.Now(), week)
		if len(entries) != len(want) {
			t.Errorf("%s: %d entries, want %q", who, len(entries), want)
			continue
		}
		for i, e := range entries {
			plugintest.Has(t, e, want[i])
			if who == c.mother && len(e.About) != 1 {
				t.Errorf("about %v", e.About)
			}
		}
	}
	exactly := time.Date(2026, 9, 17, 16, 0, 0, 0, time.UTC)
	if n := len(c.As(c.lea).Calendar(exactly.Add(-time.Hour), exactly)); n != 0 {
		t.Errorf("the end of the span is not part of it: %d", n)
	}
	if n := len(c.As(c.lea).Calendar(exactly, exactly.Add(time.Hour))); n != 1 {
		t.Errorf("the beginning of the span is: %d", n)
	}
}

func TestClassList(t *testing.T) {
	c := newCast(t)
	c.sets(t, sheet())
	c.sets(t, sheet(with("titre", "Plus tard"), with("visible", "2026-09-16T18:00")))
	for _, who := range []ids.PersonID{c.head, c.office, c.colleague} {
		page := c.As(who).Get("/classes?classe=6e-a")
		plugintest.Has(t, page, "Récit d'une page", "Plus tard", "devoirs.badge.later", "Anne Durand")
		if n := len(plugintest.All[*ui.Action](page)); n > 0 {
			t.Errorf("%s may change things: %d", who, n)
		}
	}
	plugintest.Has(t, c.As(c.head).Get("/"), "devoirs.classes", "6e A", "6e B", "Latin")
	plugintest.HasNot(t, c.As(c.other).Get("/classes"), "6e A", "Récit d'une page")
	c.Advance(4 * 24 * time.Hour)
	plugintest.HasNot(t, c.As(c.head).Get("/classes?classe=6e-a"), "Récit d'une page")
	plugintest.Has(t, c.As(c.head).Get("/classes?classe=6e-a&liste=passe"), "Récit d'une page")
}

// Many classes become a menu.
func TestManyClasses(t *testing.T) {
	s := plugintest.NewSchool("0750655E", "Grand collège")
	for i := range fewClasses + 1 {
		s.Class(fmt.Sprintf("6e %d", i))
	}
	head := s.Head("Marc Blanc")
	h := plugintest.Start(t, module(), ".", plugintest.Schools(s))
	a := h.As(head).Submit(h.As(head).Get("/classes"), "/classes", url.Values{"classe": {"6e-7"}})
	if a.Page == nil || !plugintest.Says(a.Page, "6e 7") {
		t.Fatal(a)
	}
}

// Old homework is a page away.
func TestPastPages(t *testing.T) {
	c := newCast(t)
	c.sets(t, sheet())
	c.Advance(70 * 24 * time.Hour)
	page := c.As(c.lea).Get("/?liste=passe")
	plugintest.HasNot(t, page, "Récit d'une page")
	older := plugintest.LinkTo(t, page, "/?liste=passe&avant=").Path
	plugintest.Has(t, c.As(c.lea).Get(older), "Récit d'une page")
	plugintest.Has(t, c.As(c.lea).Get("/?liste=passe&avant=garbage"), "devoirs.empty.past")
}
