package identity

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// says reports whether a word is anywhere in a space.
func (b *bench) says(school ids.SchoolID, word string) (found bool) {
	b.t.Helper()
	space, err := b.engine.Open(b.t.Context(), school)
	if err == nil {
		err = space.View(b.t.Context(), func(tx store.Tx) error {
			for pair, err := range tx.Scan(nil, nil, false) {
				if err != nil {
					return err
				}
				found = found || strings.Contains(string(pair.Key)+string(pair.Value), word)
			}
			return nil
		})
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return found
}

// TestPrune: an address that was not confirmed, and who was in a class that was
// deleted, is kept as long as somebody may still come back to it, and no longer.
func TestPrune(t *testing.T) {
	b := newBench(t)
	b.save(family())
	prune := func() {
		t.Helper()
		if err := b.Prune(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	teacher, head := b.person(college, "prof"), b.person(college, "chef")
	if _, err := b.ask(teacher, "inconnu@example.org"); err != nil {
		t.Fatal(err)
	}
	b.move(EmailAskLasts - time.Second)
	secret, err := b.ask(head, "blanc@example.org")
	if err != nil {
		t.Fatal(err)
	}
	prune()
	if asked, err := b.EmailAsked(t.Context(), teacher); err != nil || asked == "" {
		t.Errorf("pruned while it can be confirmed: %v", err)
	}
	b.move(time.Second)
	prune()
	if b.says(store.Global, "inconnu@example.org") {
		t.Error("an address that nobody confirmed is still kept")
	}
	if _, err := b.ConfirmEmail(t.Context(), audit.By{}, college, head, secret); err != nil {
		t.Errorf("the one that was asked for later: %v", err)
	}

	id := b.group("6A")
	if err := b.DeleteGroup(t.Context(), audit.By{}, college, id); err != nil {
		t.Fatal(err)
	}
	b.move(GroupKept - time.Second)
	second := b.group("3B")
	if err := b.DeleteGroup(t.Context(), audit.By{}, college, second); err != nil {
		t.Fatal(err)
	}
	prune()
	binnedNow := func(want ...ids.GroupID) {
		t.Helper()
		var got []ids.GroupID
		b.within(func(tx store.Tx) error {
			got = nil
			for d, err := range binned.Range(tx, "at") {
				if err != nil {
					return err
				}
				got = append(got, ids.GroupID(d.ID))
			}
			return nil
		})
		if !slices.Equal(got, want) {
			t.Errorf("kept: %v, want %v", got, want)
		}
	}
	binnedNow(id, second)
	b.move(2 * time.Second)
	prune()
	binnedNow(second)
	if err := b.RestoreGroup(t.Context(), audit.By{}, college, second); err != nil {
		t.Errorf("the one that was deleted later: %v", err)
	}
	wants(t, "the pruned one", b.RestoreGroup(t.Context(), audit.By{}, college, id), errors.NotFound, "identity.group.unknown")
}

// TestPruneGoesOn: a school that cannot be looked after stops none of the others.
func TestPruneGoesOn(t *testing.T) {
	for _, stopped := range []ids.SchoolID{college, lycee} {
		b := newBench(t)
		for _, school := range []ids.SchoolID{college, lycee} {
			id, err := b.SaveGroup(t.Context(), audit.By{}, school, Group{Name: "2de 1", Kind: Classe})
			if err == nil {
				err = b.DeleteGroup(t.Context(), audit.By{}, school, id)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		b.move(GroupKept + time.Minute)
		b.Service.engine = failing{b.engine, stopped}
		wants(t, "in one of two", b.Prune(t.Context()), errors.Unavailable, "crash")
		for _, school := range []ids.SchoolID{college, lycee} {
			if kept := b.says(school, `2de 1","kind`); kept != (school == stopped) {
				t.Errorf("%s is stopped; of %s the group is kept: %v", stopped, school, kept)
			}
		}
	}
}
