package notify

import (
	"context"
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store"
)

// Preset is one of the three simple choices, or that the person made their own.
type Preset string

// The presets.
const (
	AtOnce   Preset = ""       // as each kind proposes
	Together Preset = "digest" // on the page, and all in one mail
	PageOnly Preset = "page"   // on the page, nothing else
	Own      Preset = "own"    // kind by kind
)

// Choice is how a person wants to be told, in all their schools.
type Choice struct {
	Preset   Preset                    `json:"preset,omitempty"`
	Ways     map[string][]manifest.Way `json:"ways,omitempty"`     // by kind, for Own; a kind that is not there: as it proposes
	Unmailed []string                  `json:"unmailed,omitempty"` // kinds that were unsubscribed from by a mail's link; "*": all

	Weekly  bool         `json:"weekly,omitempty"` // the digest, else every day
	Weekday time.Weekday `json:"weekday,omitempty"`
	Hour    int          `json:"hour"` // of the digest, in minutes after midnight

	Always   bool `json:"always,omitempty"` // mail and push at any hour
	Opens    int  `json:"opens"`            // else between these, minutes after midnight
	Closes   int  `json:"closes"`
	WeekEnds bool `json:"week_ends"` // and at week-ends
}

// every is all kinds of notices.
const every = "*"

// UsualChoice is that of a person who has made none.
func UsualChoice() Choice {
	return Choice{Weekday: time.Friday, Hour: 18 * 60, Opens: 7 * 60, Closes: 20 * 60, WeekEnds: true}
}

// Check says what is wrong with a choice, by field.
func (c Choice) Check() error {
	for kind, ways := range c.Ways {
		for _, w := range ways {
			if !slices.Contains([]manifest.Way{manifest.OnPage, manifest.ByMail, manifest.ByPush, manifest.InDigest}, w) || kind == "" {
				return errors.New(errors.Invalid, "notify.choice")
			}
		}
	}
	switch {
	case !slices.Contains([]Preset{AtOnce, Together, PageOnly, Own}, c.Preset), c.Weekday < time.Sunday, c.Weekday > time.Saturday:
		return errors.New(errors.Invalid, "notify.choice")
	case c.Hour < 0 || c.Hour >= day:
		return errors.Field("heure", "notify.choice.hour")
	case !c.Always && (c.Opens < 0 || c.Closes > day || c.Opens >= c.Closes):
		return errors.Field("jusque", "notify.hours.order")
	}
	return nil
}

// WaysFor returns how the person is told of a kind.
func (c Choice) WaysFor(k Kind) []manifest.Way {
	ways := append([]manifest.Way{manifest.OnPage}, k.Default...)
	switch c.Preset {
	case Together:
		ways = []manifest.Way{manifest.OnPage, manifest.InDigest}
	case PageOnly:
		ways = []manifest.Way{manifest.OnPage}
	case Own:
		if own, ok := c.Ways[k.Key()]; ok {
			ways = slices.Clone(own)
		}
	}
	unmailed := slices.Contains(c.Unmailed, every) || slices.Contains(c.Unmailed, k.Key())
	slices.Sort(ways)
	return slices.DeleteFunc(slices.Compact(ways), func(w manifest.Way) bool {
		return unmailed && (w == manifest.ByMail || w == manifest.InDigest)
	})
}

// reading returns the first moment from at on at which the person wants to be
// reached beyond the page.
func (c Choice) reading(at time.Time) time.Time {
	return Hours{Always: c.Always, Opens: c.Opens, Closes: c.Closes, WeekEnds: c.WeekEnds}.Next(at)
}

// due is when the person is told by a way of what nothing else holds from ready
// on, in their time zone. What is urgent waits for the digest at most.
func (c Choice) due(w manifest.Way, ready time.Time, urgent bool) time.Time {
	switch {
	case w == manifest.InDigest:
		return c.digest(ready)
	case urgent:
		return ready
	}
	return c.reading(ready)
}

// digest returns the hour of the first digest after at.
func (c Choice) digest(at time.Time) time.Time {
	y, m, d := at.Date()
	for i := range 9 {
		t := time.Date(y, m, d+i, 0, c.Hour, 0, 0, at.Location())
		if t.After(at) && (!c.Weekly || t.Weekday() == c.Weekday) {
			return t
		}
	}
	return at // never: a week has each day
}

type keptChoice struct {
	ID string `json:"id"` // the person
	Choice
}

var choices = store.NewCollection[keptChoice]("notify.choices")

// Choice returns how a person wants to be told.
func (s *Service) Choice(ctx context.Context, person ids.PersonID) (Choice, error) {
	all, err := s.choicesOf(ctx, person)
	return all[person], err
}

func (s *Service) choicesOf(ctx context.Context, people ...ids.PersonID) (map[ids.PersonID]Choice, error) {
	out := make(map[ids.PersonID]Choice, len(people))
	err := s.view(ctx, store.Global, func(tx store.Tx) error {
		for _, p := range people {
			k, err := choices.Get(tx, string(p))
			switch {
			case err == nil:
				out[p] = k.Choice
			case errors.KindOf(err) == errors.NotFound:
				out[p] = UsualChoice()
			default:
				return err
			}
		}
		return nil
	})
	return out, err
}

// SetChoice keeps it; Invalid names the field. What is still to be told goes by
// it too.
func (s *Service) SetChoice(ctx context.Context, person ids.PersonID, c Choice) error {
	if err := c.Check(); err != nil {
		return err
	}
	err := s.update(ctx, store.Global, func(tx store.Tx) error { return choices.Put(tx, &keptChoice{string(person), c}) })
	if err != nil {
		return err
	}
	s.chosen(ctx, person)
	return nil
}
