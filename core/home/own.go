package home

import (
	"time"

	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// ownWeek is "ma semaine", made anew when one of the events happens.
func ownWeek(events []string) Offer {
	all := ids.Profiles()
	return Offer{Widget: WeekWidget, Name: "home.widget.semaine", Summary: "home.widget.semaine.summary", Examples: []string{"home.example.week.1", "home.example.week.2"}, Icon: ui.IconChecklist, Permission: "core.home", Profiles: all, Guided: all,
		Sizes: []Size{Medium, Large, Full}, Refresh: time.Minute, Cache: OfPerson, InvalidatedBy: events}
}

// Own lists the core's own widgets that every school has.
func Own() []Offer {
	all, hours := ids.Profiles(), []string{notify.EventHours} // at which what families wait for comes out
	return []Offer{
		{Widget: BannerWidget, Name: "home.widget.banner", Summary: "home.widget.banner.summary", Examples: []string{"home.example.banner"}, Permission: "core.home", Profiles: all, Guided: all,
			Sizes: []Size{Full}, Refresh: time.Minute, Cache: OfPerson, InvalidatedBy: hours},
		{Widget: ShortcutsWidget, Name: "home.widget.shortcuts", Summary: "home.widget.shortcuts.summary", Permission: "core.home", Profiles: all, Guided: all,
			Sizes: []Size{Medium, Small, Large, Full}, Refresh: time.Minute, Cache: OfPerson},
		{Widget: NewsWidget, Name: "home.widget.news", Summary: "home.widget.news.summary", Examples: []string{"home.example.news"}, Permission: "core.home", Profiles: all, Guided: all,
			Sizes: []Size{Medium, Large, Full}, Refresh: time.Minute, Cache: OfPerson, InvalidatedBy: hours},
	}
}
