package main

import (
	"context"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

// How long things are kept, as module.yaml promises.
const (
	binDays    = 30 // deleted homework can be brought back
	copyYears  = 1  // hand-ins, marks and corrections, after the due time
	sheetYears = 2  // the sheets themselves
)

// keptUntil is when something of the homework is next to be erased: all of it
// when it is in the bin, first its copies when it is not.
func (h *Homework) keptUntil() time.Time {
	switch {
	case !h.Deleted.IsZero():
		return h.Deleted.AddDate(0, 0, binDays)
	case h.Draft:
		return h.Changed.AddDate(sheetYears, 0, 0)
	case h.Bare:
		return h.Due.AddDate(sheetYears, 0, 0)
	}
	return h.Due.AddDate(copyYears, 0, 0)
}

// eraseDue erases what has been kept long enough, a little at a time. A module
// has no clock that wakes it, so whoever opens the first page does it; a failure
// goes to the log and is tried again at the next page.
func eraseDue(ctx context.Context, s *sdk.Scope) {
	var files []File
	due := []store.RangeOption{store.To(s.Now()), store.Limit(5)}
	found := 0
	err := s.Store.View(ctx, func(tx store.Tx) (err error) {
		found, err = homework.Count(tx, "until", due...)
		return err
	})
	if err == nil && found > 0 {
		err = s.Store.Update(ctx, func(tx store.Tx) (err error) {
			files, err = erase(tx, due)
			return err
		})
	}
	if err != nil {
		s.Log.Warn("old homework not erased", "err", err)
		return
	}
	dropFiles(s, files)
}

// erase removes what the range holds and returns the files nobody needs now.
func erase(tx store.Tx, due []store.RangeOption) (files []File, err error) {
	for h, err := range homework.Range(tx, "until", due...) {
		if err != nil {
			return nil, err
		}
		gone, err := eraseCopies(tx, h)
		if err != nil {
			return nil, err
		}
		files = append(files, gone...)
		if h.published() && !h.Bare {
			h.Bare = true
			err = put(tx, h)
		} else {
			files = append(files, h.Files...)
			err = errors.Join(homework.Delete(tx, h.ID), sdk.Reindex(tx, h.ID))
		}
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// eraseCopies deletes a homework's copies and returns the files they had.
func eraseCopies(tx store.Tx, h *Homework) (files []File, err error) {
	list, err := copiesOf(tx, h)
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		for _, v := range c.Versions {
			files = append(files, v.Files...)
		}
		if err := copies.Delete(tx, c.ID); err != nil {
			return nil, err
		}
	}
	return files, nil
}
