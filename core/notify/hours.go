package notify

import (
	"context"
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Hours is when a school publishes to families.
type Hours struct {
	Always   bool      `json:"always,omitempty"` // nothing is ever held
	Opens    int       `json:"opens"`            // minutes after midnight
	Closes   int       `json:"closes"`
	WeekEnds bool      `json:"week_ends,omitempty"` // open on Saturday and Sunday too
	Holidays []Holiday `json:"holidays,omitempty"`
}

// Holiday is a span of days on which a school publishes nothing.
type Holiday struct {
	Name string `json:"name"`
	From string `json:"from"` // 2006-01-02, the first day
	To   string `json:"to"`   // the last day
}

const (
	day         = 24 * 60 // minutes
	maxHolidays = 50
	farthest    = 400 // days that a next slot is looked for
)

// UsualHours are those of a school that has set none: working days from 7 to 20.
func UsualHours() Hours { return Hours{Opens: 7 * 60, Closes: 20 * 60} }

// Check says what is wrong with the hours, by field.
func (h Hours) Check() error {
	if h.Opens < 0 || h.Closes > day || h.Opens >= h.Closes {
		return errors.Field("ferme", "notify.hours.order")
	}
	if len(h.Holidays) > maxHolidays {
		return errors.Field("vacances", "notify.hours.holidays")
	}
	for _, v := range h.Holidays {
		from, err := time.Parse(time.DateOnly, v.From)
		to, wrong := time.Parse(time.DateOnly, v.To)
		if err != nil || wrong != nil || to.Before(from) || to.Sub(from) > 200*24*time.Hour {
			return errors.Field("vacances", "notify.hours.holidays")
		}
	}
	return nil
}

// Next returns the first moment from at on, in at's time zone, at which the
// school publishes to families.
func (h Hours) Next(at time.Time) time.Time {
	if h.Always {
		return at
	}
	for i := range farthest {
		y, m, d := at.Date()
		opens := time.Date(y, m, d+i, 0, h.Opens, 0, 0, at.Location())
		closes := time.Date(y, m, d+i, 0, h.Closes, 0, 0, at.Location())
		if h.closed(opens) || !at.Before(closes) {
			continue
		}
		if at.Before(opens) {
			return opens
		}
		return at
	}
	return at
}

// closed reports whether nothing is published on the day of t.
func (h Hours) closed(t time.Time) bool {
	if w := t.Weekday(); !h.WeekEnds && (w == time.Saturday || w == time.Sunday) {
		return true
	}
	date := t.Format(time.DateOnly)
	for _, v := range h.Holidays {
		if v.From <= date && date <= v.To {
			return true
		}
	}
	return false
}

// keptHours is the one record of a school.
type keptHours struct {
	ID string `json:"id"`
	Hours
}

const hoursID = "hours"

var hours = store.NewCollection[keptHours]("notify.hours")

// Hours returns when a school publishes to families.
func (s *Service) Hours(ctx context.Context, school ids.SchoolID) (h Hours, err error) {
	return h, s.view(ctx, school, func(tx store.Tx) error {
		h, err = hoursIn(tx)
		return err
	})
}

// hoursIn reads the hours of the school whose transaction it is.
func hoursIn(tx store.Tx) (Hours, error) {
	k, err := hours.Get(tx, hoursID)
	if errors.KindOf(err) == errors.NotFound {
		return UsualHours(), nil
	}
	if err != nil {
		return Hours{}, err
	}
	return k.Hours, nil
}

// Zone is a school's time zone.
func (s *Service) Zone(ctx context.Context, school ids.SchoolID) *time.Location {
	return s.zone(ctx, school)
}

// Next returns the first moment from at on at which the school publishes to
// people of these profiles, and whether that is later than at. Without pupils
// and parents among them it is at.
func (s *Service) Next(ctx context.Context, school ids.SchoolID, at time.Time, profiles ...ids.Profile) (next time.Time, held bool, err error) {
	zone := s.zone(ctx, school)
	next = at
	err = s.view(ctx, school, func(tx store.Tx) error {
		next, held, err = s.NextIn(tx, at.In(zone), profiles...)
		return err
	})
	return next, held, err
}

// NextIn is [Service.Next] in a transaction of the school on the core's store: what
// is kept in it goes by these hours, or moves with later ones. At is in the
// school's time zone.
func (*Service) NextIn(tx store.Tx, at time.Time, profiles ...ids.Profile) (next time.Time, held bool, err error) {
	if !slices.ContainsFunc(profiles, func(p ids.Profile) bool { return Reader{Profile: p}.family() }) {
		return at, false, nil
	}
	h, err := hoursIn(tx)
	if err != nil {
		return at, false, err
	}
	next = h.Next(at)
	return next, next.After(at), nil
}
