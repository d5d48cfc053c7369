package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/store"
)

type work struct {
	ID, Class, Title, Text string
	Due                    time.Time
}

var works = store.NewCollection("works",
	store.Index("class-due", func(w *work) store.Key { return store.K(w.Class, w.Due) }))

func newWork(i int) *work {
	return &work{ID: fmt.Sprintf("%06d", i), Class: fmt.Sprint(i % 20), Title: "Exercices 3 et 4 page 27", Due: time.Unix(int64(i)*3600, 0).UTC(),
		Text: "Faire les exercices 3 et 4 de la page 27, sans oublier de rédiger la réponse par une phrase."}
}

// filled is a space with 10,000 works.
func filled(b *testing.B) store.Space {
	s := space(b)
	if err := s.Update(b.Context(), func(tx store.Tx) error {
		for i := range 10_000 {
			if err := works.Put(tx, newWork(i)); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkGet reads one item in a transaction of its own.
func BenchmarkGet(b *testing.B) {
	s := filled(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if err := s.View(context.Background(), func(tx store.Tx) error {
			_, err := works.Get(tx, fmt.Sprintf("%06d", i%10_000))
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPut replaces one item with one index, durably.
func BenchmarkPut(b *testing.B) {
	s := filled(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if err := s.Update(context.Background(), func(tx store.Tx) error { return works.Put(tx, newWork(i%10_000)) }); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkScan10000 reads 10,000 items as pages of 100, by ID and by index.
func BenchmarkScan10000(b *testing.B) {
	s := filled(b)
	for name, index := range map[string]string{"by-id": "", "by-index": "class-due"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				if err := s.View(context.Background(), func(tx store.Tx) error {
					for cursor, more := "", true; more; more = cursor != "" {
						items, next, err := works.Page(tx, index, cursor, 100)
						if err != nil {
							return err
						}
						n, cursor = n+len(items), next
					}
					return nil
				}); err != nil || n != 10_000 {
					b.Fatal(n, err)
				}
			}
		})
	}
}
