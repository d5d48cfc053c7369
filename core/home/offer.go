package home

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Scope says between whom a drawn widget may be shared.
type Scope string

// The scopes, from the narrowest.
const (
	OfPerson  Scope = "person"
	OfProfile Scope = "profile"
	OfSchool  Scope = "school"
	OfNobody  Scope = "none" // asked for anew each time
)

// Offer is a widget that may be placed in a school: what the manifest of an
// enabled module declares, or one of the core's own.
type Offer struct {
	Widget        string // "devoirs.a-rendre"
	Name          string // translation key, of the module
	Icon          string
	Permission    ids.Permission
	Profiles      []ids.Profile // on whose default page it stands
	Guided        []ids.Profile // on whose guided page it stands
	Sizes         []Size        // the first is the default
	Refresh       time.Duration // how long a copy is good; 0: [DefaultRefresh]
	Cache         Scope
	InvalidatedBy []string // names of events

	Summary  string                  // translation key, of the module: what it shows; may be empty
	Examples []string                // translation keys of lines such as it shows
	Fields   []manifest.SettingField // what may be set of one instance

	check func(json.RawMessage) error // holds settings against the schema
}

// Several reports whether the widget may stand on one page more than once: with
// other settings it shows something else.
func (o Offer) Several() bool { return len(o.Fields) > 0 }

// DefaultRefresh is how long a copy is good when the manifest does not say.
const DefaultRefresh = time.Minute

// For reports whether the widget stands on the default page of a profile.
func (o Offer) For(p ids.Profile) bool { return slices.Contains(o.Profiles, p) }

// GuidedFor reports whether the widget stands on the guided page of a profile.
func (o Offer) GuidedFor(p ids.Profile) bool { return slices.Contains(o.Guided, p) }

// Size returns want when the widget may have it, else its default.
func (o Offer) Size(want Size) Size {
	switch {
	case len(o.Sizes) == 0:
		return Medium
	case slices.Contains(o.Sizes, want):
		return want
	}
	return o.Sizes[0]
}

func (o Offer) refresh() time.Duration {
	if o.Cache == OfNobody {
		return 0
	}
	if o.Refresh <= 0 {
		return DefaultRefresh
	}
	return min(o.Refresh, MaxAge)
}

// placed is the placement of the offer on a default page; its instance is the
// widget's own name, the same in every school and after every restart.
func (o Offer) placed() Placement {
	return Placement{Instance: o.Widget, Widget: o.Widget, Size: o.Size("")}
}
