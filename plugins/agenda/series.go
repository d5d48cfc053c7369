package main

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

// change replaces an occurrence of e, what follows it or all of it by next,
// which holds the new content, times and rule. It returns the entry in which
// the occurrence now is.
func change(tx store.Tx, e *Entry, at time.Time, s Scope, next *Entry, now time.Time) (*Entry, error) {
	switch {
	case s == ThisOne:
		return replaceOne(tx, e, at, next, now)
	case s == Following:
		return replaceFollowing(tx, e, at, next, now)
	case e.repeats():
		return next, replaceAll(tx, e, at, next, now)
	}
	next.ID, next.Series, next.Original, next.Except = e.ID, e.Series, e.Original, nil
	return next, keep(tx, next, now)
}

// replaceOne takes the occurrence out of the series and puts next in its place.
func replaceOne(tx store.Tx, e *Entry, at time.Time, next *Entry, now time.Time) (*Entry, error) {
	if err := except(tx, e, at, now); err != nil {
		return nil, err
	}
	next.ID, next.Rule, next.Except = "", "", nil
	next.Series, next.Original = e.ID, at.Unix()
	next.Source, next.UID = "", ""
	return next, keep(tx, next, now)
}

// replaceFollowing ends the series before at and begins another there. Single
// occurrences changed before stay changed.
func replaceFollowing(tx store.Tx, e *Entry, at time.Time, next *Entry, now time.Time) (*Entry, error) {
	next.ID, next.Source, next.UID = "", "", ""
	next.Except = nil
	for _, x := range e.Except {
		if x >= at.Unix() && next.repeats() {
			next.Except = append(next.Except, moved(time.Unix(x, 0), at, next.Start).Unix())
		}
	}
	if err := keep(tx, next, now); err != nil {
		return nil, err
	}
	if err := adopt(tx, e, next, at, now); err != nil {
		return nil, err
	}
	return next, endBefore(tx, e, at, now)
}

// replaceAll changes the whole series: the day by as many days as the
// occurrence was moved, the clock to its own.
func replaceAll(tx store.Tx, e *Entry, at time.Time, next *Entry, now time.Time) error {
	begin := next.Start
	next.ID, next.Source, next.UID, next.Except = e.ID, e.Source, e.UID, nil
	if !next.repeats() {
		if _, err := dropOverrides(tx, e, time.Time{}); err != nil {
			return err
		}
		return keep(tx, next, now)
	}
	next.Start = moved(e.Start, at, begin)
	for _, x := range e.Except {
		next.Except = append(next.Except, moved(time.Unix(x, 0), at, begin).Unix())
	}
	overrides, err := overridesOf(tx, e, time.Time{})
	if err != nil {
		return err
	}
	for _, o := range overrides {
		o.Original = moved(time.Unix(o.Original, 0), at, begin).Unix()
		if err := entries.Put(tx, o); err != nil {
			return err
		}
	}
	return keep(tx, next, now)
}

// moved is t as many days later as to is after from, at to's clock.
func moved(t, from, to time.Time) time.Time {
	zone := to.Location()
	t, from = t.In(zone), from.In(zone)
	days := int(floating(midnight(to), 0).Sub(floating(midnight(from), 0)).Hours() / 24)
	return time.Date(t.Year(), t.Month(), t.Day()+days, to.Hour(), to.Minute(), to.Second(), 0, zone)
}

// except takes one occurrence out of a series.
func except(tx store.Tx, e *Entry, at, now time.Time) error {
	if !slices.Contains(e.Starts, at.Unix()) {
		return gone()
	}
	e.Except = append(slices.Clone(e.Except), at.Unix())
	return keep(tx, e, now)
}

// endBefore ends a series with the day before an occurrence: it has one a day at
// most.
func endBefore(tx store.Tx, e *Entry, at, now time.Time) error {
	stem, _, _ := endOf(e.Rule, e.zone())
	e.Rule = ending(stem, midnight(at.In(e.zone())).Add(-time.Second), 0)
	e.Except = slices.DeleteFunc(slices.Clone(e.Except), func(x int64) bool { return x >= at.Unix() })
	return keep(tx, e, now)
}

// adopt hands the changed occurrences from at on to another series.
func adopt(tx store.Tx, from, to *Entry, at, now time.Time) error {
	overrides, err := overridesOf(tx, from, at)
	if err != nil {
		return err
	}
	for _, o := range overrides {
		o.Series, o.Original = to.ID, moved(time.Unix(o.Original, 0), at, to.Start).Unix()
		if err := keep(tx, o, now); err != nil {
			return err
		}
	}
	return nil
}

// overridesOf returns the changed occurrences of a series from at on.
func overridesOf(tx store.Tx, e *Entry, at time.Time) (list []*Entry, err error) {
	for o, err := range entries.Range(tx, "series", store.Prefix(e.ID)) {
		if err != nil {
			return nil, err
		}
		if at.IsZero() || o.Original >= at.Unix() {
			list = append(list, o)
		}
	}
	return list, nil
}

// dropOverrides deletes the changed occurrences from at on and returns them.
func dropOverrides(tx store.Tx, e *Entry, at time.Time) ([]*Entry, error) {
	list, err := overridesOf(tx, e, at)
	if err != nil {
		return nil, err
	}
	for _, o := range list {
		if err := errors.Join(entries.Delete(tx, o.ID), reindex(tx, o)); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// keep computes the occurrences of an entry and stores it.
func keep(tx store.Tx, e *Entry, now time.Time) error {
	if err := e.settle(now); err != nil {
		return err
	}
	if e.Changed = now; e.Created.IsZero() {
		e.Created = now
	}
	return errors.Join(entries.Put(tx, e), reindex(tx, e))
}
