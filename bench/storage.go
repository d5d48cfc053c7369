package main

import (
	"context"
	"path/filepath"
	"strconv"
	"time"

	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

// note is a record of an ordinary size.
type note struct {
	ID, Class, Title, Text string
	Due                    time.Time
}

var notes = store.NewCollection[note]("notes",
	store.Index("class-due", func(n *note) store.Key { return store.K(n.Class, n.Due) }))

const stored = 10_000

// storage measures the store alone: a read, a durable write, a long page.
func storage(t *table, dir string) {
	ctx := context.Background()
	engine, err := bolt.Open(filepath.Join(dir, "store"))
	check(err)
	defer engine.Close()
	space, err := engine.Open(ctx, uai)
	check(err)
	day := time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)
	put := func(tx store.Tx, i int) error {
		return notes.Put(tx, &note{ID: strconv.Itoa(i), Class: "6A", Title: "Exercice " + strconv.Itoa(i),
			Text: "Lire le chapitre et répondre aux questions.", Due: day.Add(time.Duration(i) * time.Minute)})
	}
	check(space.Update(ctx, func(tx store.Tx) error {
		for i := range stored {
			if err := put(tx, i); err != nil {
				return err
			}
		}
		return nil
	}))
	t.told("store: get one record", each(100_000, func(i int) {
		check(space.View(ctx, func(tx store.Tx) error {
			_, err := notes.Get(tx, strconv.Itoa(i%stored))
			return err
		}))
	})/1000, " µs")
	t.told("store: put one record, durable, one writer", each(300, func(i int) {
		check(space.Update(ctx, func(tx store.Tx) error { return put(tx, i) }))
	})/1000, " µs")
	t.told("store: puts, durable, 32 writers", rate(conns, span, func() error {
		return space.Update(ctx, func(tx store.Tx) error { return put(tx, int(time.Now().UnixNano()%stored)) })
	}), " /s")
	t.told("store: scan of 10,000 records by index", each(20, func(int) {
		n := 0
		check(space.View(ctx, func(tx store.Tx) error {
			for _, err := range notes.Range(tx, "class-due", store.Prefix("6A")) {
				if err != nil {
					return err
				}
				n++
			}
			return nil
		}))
		if n < stored {
			panic("records are missing")
		}
	})/1e6, " ms")
}
