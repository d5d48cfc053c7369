package main

import (
	"context"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// How long things are kept, as module.yaml promises, after what they are about
// is over.
const (
	entryYears     = 2 // of calendars
	signatureYears = 1 // guardians' answers
	glanceMonths   = 1 // who opened what
)

// erasedAtOnce bounds what one page erases of each kind.
const erasedAtOnce = 50

// eraseDue erases what has been kept long enough, a little at a time. A module
// has no clock that wakes it, so whoever opens the calendar does it; a failure
// goes to the log and is tried again at the next page.
func eraseDue(ctx context.Context, s *sdk.Scope) {
	due := false
	err := s.Store.View(ctx, func(tx store.Tx) (err error) {
		due, err = anyDue(tx, s.Now())
		return err
	})
	if err == nil && due {
		err = s.Store.Update(ctx, func(tx store.Tx) error { return erase(tx, s.Now()) })
	}
	if err != nil {
		s.Log.Warn("what is old was not erased", "err", err)
	}
}

// until ranges over what is to be erased by now, in the index of that.
func until(now time.Time) []store.RangeOption {
	return []store.RangeOption{store.To(now), store.Limit(erasedAtOnce)}
}

func anyDue(tx store.Tx, now time.Time) (bool, error) {
	n := 0
	for _, count := range []func() (int, error){
		func() (int, error) { return entries.Count(tx, "until", until(now)...) },
		func() (int, error) { return signatures.Count(tx, "until", until(now)...) },
		func() (int, error) { return glances.Count(tx, "until", until(now)...) },
		func() (int, error) { return removals.Count(tx, "at", until(binned(now))...) },
	} {
		found, err := count()
		if n += found; err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

// binned is when what the bin no longer keeps was deleted at the latest.
func binned(now time.Time) time.Time { return now.AddDate(0, 0, -binDays) }

func erase(tx store.Tx, now time.Time) error {
	return errors.Join(
		drop(tx, entries, "until", unwrite(tx), until(now)...),
		drop(tx, signatures, "until", unsign(tx), until(now)...),
		drop(tx, glances, "until", unread(tx), until(now)...),
		drop(tx, removals, "at", unbin(tx), until(binned(now))...))
}

func unwrite(tx store.Tx) func(*Entry) error {
	return func(e *Entry) error { return errors.Join(entries.Delete(tx, e.ID), reindex(tx, e)) }
}

func unbin(tx store.Tx) func(*Removal) error {
	return func(d *Removal) error { return removals.Delete(tx, d.ID) }
}

func unsign(tx store.Tx) func(*Signature) error {
	return func(s *Signature) error { return signatures.Delete(tx, s.ID) }
}

func unread(tx store.Tx) func(*Glance) error {
	return func(g *Glance) error { return glances.Delete(tx, g.ID) }
}

// drop deletes, one by one, what a range of an index holds.
func drop[T any](tx store.Tx, c *store.Collection[T], index string, remove func(*T) error, what ...store.RangeOption) error {
	var gone []*T
	for item, err := range c.Range(tx, index, what...) {
		if err != nil {
			return err
		}
		gone = append(gone, item)
	}
	for _, item := range gone {
		if err := remove(item); err != nil {
			return err
		}
	}
	return nil
}

// ordered gives what was stored before the indexes of this file their place in
// them; of a reading it is not known when its entry ends, so it counts from
// when it was read.
func ordered(_ context.Context, m *sdk.Migration) error {
	err := glances.Rewrite(m.Tx, func(g *Glance) error {
		if _, who, ok := strings.Cut(g.ID, "."); ok && g.Person == "" {
			g.Person, g.Ends = ids.PersonID(who), g.At
		}
		return nil
	})
	return errors.Join(err, entries.Reindex(m.Tx), removals.Reindex(m.Tx))
}
