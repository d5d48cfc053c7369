package storetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

func schoolsAreApart(t *testing.T, open Opener) {
	e := engine(t, open)
	a, b := spaceOf(t, e, school), spaceOf(t, e, other)
	if a.School() != school || b.School() != other {
		t.Errorf("School() = %s, %s", a.School(), b.School())
	}
	put(t, a, [2]string{"k", "a"})
	update(t, a, func(tx store.Tx) error { return tx.Emit("x.y", 1) })
	wantDump(t, b)
	put(t, b, [2]string{"k", "b"})
	wantDump(t, a, "k=a")
	wantDump(t, b, "k=b")
	if events, err := b.Pending(t.Context(), 0); len(events) != 0 || err != nil {
		t.Errorf("another school's outbox holds %v, %v", events, err)
	}
	again := spaceOf(t, e, school)
	wantDump(t, again, "k=a")
}

func impossibleSchools(t *testing.T, open Opener) {
	e := engine(t, open)
	for _, id := range []ids.SchoolID{"", ".", "..", "../0750001A", "a/b", `a\b`, "/etc/passwd", "a b", "a\x00", "é", "-a", ".a", "a.db", "a\n", ids.SchoolID(strings.Repeat("a", 65))} {
		_, err := e.Open(t.Context(), id)
		wantKind(t, fmt.Sprintf("Open(%q)", id), err, errors.Invalid)
		wantKind(t, fmt.Sprintf("Drop(%q)", id), e.Drop(t.Context(), id), errors.Invalid)
		wantKind(t, fmt.Sprintf("Restore(%q)", id), e.Restore(t.Context(), id, strings.NewReader("")), errors.Invalid)
	}
	if all, err := e.Spaces(t.Context()); len(all) != 0 || err != nil {
		t.Errorf("Spaces = %v, %v; want none", all, err)
	}
}

func spaces(t *testing.T, open Opener) {
	e := engine(t, open)
	for _, id := range []ids.SchoolID{other, store.Global, school} {
		spaceOf(t, e, id)
	}
	if got, err := e.Spaces(t.Context()); fmt.Sprint(got) != fmt.Sprint([]ids.SchoolID{school, other, store.Global}) || err != nil {
		t.Errorf("Spaces = %v, %v", got, err)
	}
}

func durableAfterReopen(t *testing.T, open Opener) {
	e := open(t)
	for i := range 10 {
		s := spaceOf(t, e, ids.SchoolID(fmt.Sprint("S", i%2)))
		put(t, s, [2]string{fmt.Sprint("k", i), fmt.Sprint(i)})
		update(t, s, func(tx store.Tx) error { return tx.Emit("x.y", i) })
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	e = engine(t, open)
	s := spaceOf(t, e, "S1")
	wantDump(t, s, "k1=1", "k3=3", "k5=5", "k7=7", "k9=9")
	if events, err := s.Pending(t.Context(), 0); len(events) != 5 || err != nil {
		t.Errorf("after reopening: %d events, %v; want 5", len(events), err)
	}
}

func drop(t *testing.T, open Opener) {
	e := engine(t, open)
	old, kept := spaceOf(t, e, school), spaceOf(t, e, other)
	put(t, old, [2]string{"k", "old"})
	put(t, kept, [2]string{"k", "kept"})
	update(t, old, func(tx store.Tx) error { return tx.Emit("x.y", 1) })
	events, err := old.Pending(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second has nothing to do
		if err := e.Drop(t.Context(), school); err != nil {
			t.Fatal(err)
		}
	}
	nothing := func(store.Tx) error { return nil }
	wantKind(t, "View of a dropped space", old.View(t.Context(), nothing), errors.Unavailable)
	wantKind(t, "Update of a dropped space", old.Update(t.Context(), nothing), errors.Unavailable)
	if all, err := e.Spaces(t.Context()); len(all) != 1 || err != nil {
		t.Errorf("Spaces = %v, %v; want the other only", all, err)
	}
	s := spaceOf(t, e, school)
	wantDump(t, s)
	wantDump(t, kept, "k=kept")
	update(t, s, func(tx store.Tx) error { return tx.Emit("x.y", 1) })
	if again, err := s.Pending(t.Context(), 0); err != nil || len(again) != 1 || again[0].ID == events[0].ID {
		t.Errorf("an event of the new space has the ID of an old one: %v, %v", again, err)
	}
}

func closedEngine(t *testing.T, open Opener) {
	e := open(t)
	s := spaceOf(t, e, school)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	nothing := func(store.Tx) error { return nil }
	wantKind(t, "View", s.View(t.Context(), nothing), errors.Unavailable)
	wantKind(t, "Update", s.Update(t.Context(), nothing), errors.Unavailable)
	_, err := e.Open(t.Context(), school)
	wantKind(t, "Open", err, errors.Unavailable)
}
