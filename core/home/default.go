package home

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
)

// MaxAge is the longest a drawn copy is kept.
const MaxAge = 10 * time.Minute

// GuidedMost is the most widgets a guided page holds.
const GuidedMost = 5

// The core's own widgets.
const (
	BannerWidget    = "core.banner"    // important events of the school
	ShortcutsWidget = "core.shortcuts" // up to four first pages
	NewsWidget      = "core.news"      // the latest news item, or the welcome
)

// Default returns the core's page for a profile: the banner, what the modules
// meant for this profile, guided ones first with "ma semaine" behind them,
// shortcuts and news.
func Default(offers []Offer, profile ids.Profile) Layout {
	out := Layout{}
	place := func(want func(Offer) bool) {
		for _, o := range offers {
			if want(o) && out.Index(o.Widget) < 0 {
				out = append(out, o.placed())
			}
		}
	}
	core := func(name string) func(Offer) bool { return func(o Offer) bool { return o.Widget == name } }
	own := []string{BannerWidget, WeekWidget, ShortcutsWidget, NewsWidget}
	place(core(BannerWidget))
	place(func(o Offer) bool { return o.GuidedFor(profile) && !slices.Contains(own, o.Widget) })
	place(core(WeekWidget))
	place(func(o Offer) bool { return o.For(profile) && !slices.Contains(own, o.Widget) })
	place(core(ShortcutsWidget))
	place(core(NewsWidget))
	return out
}

// Guided returns the simple page made of the school's layout: at most
// [GuidedMost] placements in the school's order. What the school pinned comes
// before the core's own, those before what manifests mark as guided for the
// profile, those before the rest.
func Guided(school Layout, offers []Offer, profile ids.Profile) Layout {
	rank := func(p Placement) int {
		i := slices.IndexFunc(offers, func(o Offer) bool { return o.Widget == p.Widget })
		switch {
		case p.Fixed():
			return 0
		case p.Module() == "core":
			return 1
		case i >= 0 && offers[i].GuidedFor(profile):
			return 2
		}
		return 3
	}
	byRank := slices.Clone(school)
	slices.SortStableFunc(byRank, func(a, b Placement) int { return rank(a) - rank(b) })
	byRank = byRank[:min(len(byRank), GuidedMost)]
	out := make(Layout, 0, len(byRank))
	for _, p := range school {
		if byRank.Index(p.Instance) >= 0 {
			out = append(out, p)
		}
	}
	return out
}
