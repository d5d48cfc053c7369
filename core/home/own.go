package home

import (
	"time"

	"github.com/preau-ent/preau/sdk/ids"
)

// Own lists the core's own widgets.
func Own() []Offer {
	all := ids.Profiles()
	return []Offer{
		{Widget: BannerWidget, Name: "home.widget.banner", Permission: "core.home", Profiles: all, Guided: all,
			Sizes: []Size{Full}, Refresh: time.Minute, Cache: OfProfile},
		{Widget: ShortcutsWidget, Name: "home.widget.shortcuts", Permission: "core.home", Profiles: all, Guided: all,
			Sizes: []Size{Medium, Small, Large, Full}, Refresh: time.Minute, Cache: OfPerson},
		{Widget: NewsWidget, Name: "home.widget.news", Permission: "core.home", Profiles: all, Guided: all,
			Sizes: []Size{Medium, Large, Full}, Refresh: time.Minute, Cache: OfProfile},
	}
}
