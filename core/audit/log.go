package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

var entries = store.NewCollection[Entry]("audit.entries",
	store.Index("action", func(e *Entry) store.Key { return store.K(e.Action) }),
	store.Index("actor", func(e *Entry) store.Key { return store.K(e.Actor) }),
	store.Index("object", func(e *Entry) store.Key { return store.K(e.Object) }))

// headKey holds the head of the journal of a space.
var headKey = []byte("audit.head")

// head is the last entry's number and hash.
type head struct {
	Seq  uint64 `json:"seq"`
	Hash string `json:"hash"`
}

// Log writes and reads the journals of all schools.
type Log struct {
	engine store.Engine
	now    func() time.Time
}

// New returns the log kept in the core's store; now is the clock, nil for
// time.Now.
func New(engine store.Engine, now func() time.Time) *Log {
	if now == nil {
		now = time.Now
	}
	return &Log{engine: engine, now: now}
}

// Record adds e to the journal of e.School (empty: of no school), durably.
func (l *Log) Record(ctx context.Context, e Entry) error {
	if e.School == "" {
		e.School = store.Global
	}
	space, err := l.engine.Open(ctx, e.School)
	if err != nil {
		return err
	}
	return space.Update(ctx, func(tx store.Tx) error { return l.RecordIn(tx, e) })
}

// RecordIn adds e to the journal of the space that tx belongs to, in the same
// transaction as the change it speaks of. e.School must name that space.
func (l *Log) RecordIn(tx store.Tx, e Entry) error {
	if !e.Action.Valid() {
		return errors.Internal(fmt.Errorf("audit: unknown action %q", e.Action))
	}
	if e.School == "" {
		e.School = store.Global
	}
	last, err := readHead(tx)
	if err != nil {
		return err
	}
	e.Seq, e.Prev, e.At = last.Seq+1, last.Hash, l.now()
	e.ID = entryID(e.Seq)
	e.clean()
	e.Hash = e.sum()
	if err := entries.Insert(tx, &e); err != nil {
		return err
	}
	text, _ := json.Marshal(head{e.Seq, e.Hash}) // a number and a string: cannot fail
	return tx.Put(headKey, text)
}

// readHead returns the head of the journal, zero when nothing was recorded.
func readHead(tx store.Tx) (head, error) {
	text, ok, err := tx.Get(headKey)
	if err != nil || !ok {
		return head{}, err
	}
	var h head
	if err := json.Unmarshal(text, &h); err != nil {
		return head{}, errors.Internal(fmt.Errorf("audit: head of the journal: %w", err))
	}
	return h, nil
}

// Query chooses entries; empty fields choose all.
type Query struct {
	Action Action
	Actor  ids.PersonID
	Object string
	Only   func(*Entry) bool // further choice, nil for none
	Cursor string            // where the page before ended
	Limit  int               // entries of a page: 1 to 500, 50 when zero
}

// List returns a page of a school's journal, newest first, and the cursor of
// the next page, empty when there is none.
func (l *Log) List(ctx context.Context, school ids.SchoolID, q Query) (page []*Entry, next string, err error) {
	if q.Limit <= 0 || q.Limit > 500 {
		q.Limit = 50
	}
	space, err := l.engine.Open(ctx, school)
	if err != nil {
		return nil, "", err
	}
	index, opts := "", []store.RangeOption{store.Reverse()}
	switch {
	case q.Object != "":
		index, opts = "object", append(opts, store.Prefix(q.Object))
	case q.Actor != "":
		index, opts = "actor", append(opts, store.Prefix(q.Actor))
	case q.Action != "":
		index, opts = "action", append(opts, store.Prefix(q.Action))
	}
	err = space.View(ctx, func(tx store.Tx) error {
		page, next = nil, q.Cursor
		for {
			var part []*Entry
			if part, next, err = entries.Page(tx, index, next, q.Limit-len(page), opts...); err != nil {
				return err
			}
			for _, e := range part {
				if q.matches(e) {
					page = append(page, e)
				}
			}
			if next == "" || len(page) >= q.Limit {
				return nil
			}
		}
	})
	return page, next, err
}

func (q Query) matches(e *Entry) bool {
	return (q.Action == "" || q.Action == e.Action) &&
		(q.Actor == "" || q.Actor == e.Actor) &&
		(q.Object == "" || q.Object == e.Object) &&
		(q.Only == nil || q.Only(e))
}
