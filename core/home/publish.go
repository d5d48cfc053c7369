package home

import (
	"context"
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Hours says when schools publish to families; *notify.Service does.
type Hours interface {
	// Zone is the school's time zone.
	Zone(ctx context.Context, school ids.SchoolID) *time.Location
	// NextIn is the first moment from at on, which is in the school's time zone, at
	// which the school whose transaction it is publishes to people of these
	// profiles, and whether that is later than at.
	NextIn(tx store.Tx, at time.Time, profiles ...ids.Profile) (next time.Time, held bool, err error)
	// Follow has moved called in the transaction that changes a school's hours.
	Follow(moved func(tx store.Tx, next func(time.Time) time.Time) error)
}

func family(p ids.Profile) bool { return p == ids.Eleve || p == ids.Parent }

// ForFamilies reports whether pupils or parents are among those it is for.
func (a *Announcement) ForFamilies() bool {
	return len(a.Profiles) == 0 || slices.ContainsFunc(a.Profiles, family)
}

// OnlyFamilies reports whether nobody else is.
func (a *Announcement) OnlyFamilies() bool {
	return len(a.Profiles) > 0 && !slices.ContainsFunc(a.Profiles, func(p ids.Profile) bool { return !family(p) })
}

// Held reports whether families wait at a time for the school's hours, while
// others see a already.
func (a *Announcement) Held(now time.Time) bool {
	return a.ForFamilies() && !a.Missed() && a.Families.After(a.From) && now.Before(a.Families)
}

// Missed reports whether families never read a: it is over by the hour at which
// the school publishes it to them.
func (a *Announcement) Missed() bool {
	return a.ForFamilies() && !a.Until.IsZero() && !a.Families.IsZero() && !a.Until.After(a.Families)
}

// Missed lists what is announced to families and is to end before they read it,
// the newest first. Nobody can announce such a thing; hours of publishing that
// were changed since may have made it so.
func (s *Service) Missed(ctx context.Context, school ids.SchoolID) ([]*Announcement, error) {
	all, err := s.Announcements(ctx, school)
	now := s.cfg.Now()
	return slices.DeleteFunc(all, func(a *Announcement) bool { return !a.Missed() || !now.Before(a.Until) }), err
}

// Same reports whether a says the same as another to the same people from the
// same time on: what is out already stays out when only the rest changes.
func (a *Announcement) Same(b *Announcement) bool {
	return a.News == b.News && a.Title == b.Title && a.Text == b.Text && a.From.Equal(b.From) &&
		slices.Equal(a.Profiles, b.Profiles) && slices.Equal(a.Groups, b.Groups)
}

// opening is when families may read what is published now and is not urgent: zero
// for at once, or as soon as it begins. It is asked in the transaction that keeps
// a: hours that change are either those it goes by, or move it.
func (s *Service) opening(tx store.Tx, zone *time.Location, a *Announcement) (time.Time, error) {
	if s.cfg.Hours == nil || !a.ForFamilies() {
		return time.Time{}, nil
	}
	begins := s.cfg.Now()
	if a.From.After(begins) {
		begins = a.From
	}
	next, held, err := s.cfg.Hours.NextIn(tx, begins.In(zone), ids.Parent)
	if err != nil || !held {
		return time.Time{}, err
	}
	return next, nil
}

// zone is a school's time zone.
func (s *Service) zone(ctx context.Context, school ids.SchoolID) *time.Location {
	if s.cfg.Hours == nil {
		return time.UTC
	}
	return s.cfg.Hours.Zone(ctx, school)
}

// publish settles from when on families see a, which was said otherwise before
// (nil: not at all), and reports whether it goes past the school's hours anew:
// whether any family reads it sooner because it is urgent. What they read already
// they go on reading; what was only to come, at an hour that is urgent's alone,
// waits for theirs once it is urgent no more.
func (a *Announcement) publish(was *Announcement, now, opens time.Time) (hurried bool, err error) {
	same := was != nil && a.Same(was)
	switch out := same && was.Shown(now, ids.Parent); {
	case a.Urgent:
		a.Families, hurried = time.Time{}, !opens.IsZero() && !out && !(same && was.Urgent)
	case out:
		a.Families = was.Families
	default:
		a.Families = opens
	}
	if a.Missed() {
		return false, errors.Field("jusqua", "home.announcement.closed")
	}
	return hurried, nil
}

// reschedule moves what families are still to read to the hours that a school
// has from now on; what is out stays out. What is over by then is [Service.Missed].
func (s *Service) reschedule(tx store.Tx, next func(time.Time) time.Time) error {
	now := s.cfg.Now()
	var moved []*Announcement
	for a, err := range announcements.Range(tx, "") {
		if err != nil {
			return err
		}
		begins := now
		if a.From.After(now) {
			begins = a.From
		}
		if !a.Urgent && a.ForFamilies() && (a.From.After(now) || a.Families.After(now)) {
			if a.Families = next(begins); !a.Families.After(begins) {
				a.Families = time.Time{}
			}
			moved = append(moved, a)
		}
	}
	for _, a := range moved {
		if err := announcements.Put(tx, a); err != nil {
			return err
		}
	}
	return nil
}
