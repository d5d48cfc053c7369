package identity

import (
	"bytes"
	"context"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// within changes the collège's space directly.
func (b *bench) within(fn func(store.Tx) error) {
	b.t.Helper()
	space, err := b.engine.Open(b.t.Context(), college)
	if err == nil {
		err = space.Update(b.t.Context(), fn)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// TestRestoreGroup: a class comes back with those who can be in one, as long as it
// may and nothing has taken its place.
func TestRestoreGroup(t *testing.T) {
	by := audit.By{Address: here}
	for name, x := range map[string]struct {
		meanwhile func(b *bench, id ids.GroupID) error
		who       []string // in it again
		kind      errors.Kind
		key       string
	}{
		"at once": {func(*bench, ids.GroupID) error { return nil }, []string{"lea", "hugo", "prof"}, errors.OK, ""},
		"one was deleted": {func(b *bench, _ ids.GroupID) error {
			hugo := b.person(college, "hugo")
			b.within(func(tx store.Tx) error { return members.Delete(tx, string(hugo)) })
			return nil
		}, []string{"lea", "prof"}, errors.OK, ""},
		"one left": {func(b *bench, _ ids.GroupID) error {
			return b.Leave(b.t.Context(), by, college, b.person(college, "hugo"))
		}, []string{"lea", "hugo", "prof"}, errors.OK, ""},
		"one is a parent by now": {func(b *bench, _ ids.GroupID) error {
			return b.SetProfile(b.t.Context(), by, college, b.person(college, "prof"), ids.Parent)
		}, []string{"lea", "hugo"}, errors.OK, ""},
		"after thirty days": {func(b *bench, _ ids.GroupID) error { b.move(GroupKept); return nil }, []string{"lea", "hugo", "prof"}, errors.OK, ""},
		"later": {func(b *bench, _ ids.GroupID) error { b.move(GroupKept + time.Second); return nil },
			nil, errors.NotFound, "identity.group.unknown"},
		"once more": {func(b *bench, id ids.GroupID) error { return b.RestoreGroup(b.t.Context(), by, college, id) },
			[]string{"lea", "hugo", "prof"}, errors.NotFound, "identity.group.unknown"},
		"another has its name": {func(b *bench, _ ids.GroupID) error {
			_, err := b.SaveGroup(b.t.Context(), by, college, Group{Name: "6E a", Kind: Classe})
			return err
		}, nil, errors.Conflict, "identity.group.exists"},
		"an import made it anew": {func(b *bench, _ ids.GroupID) error {
			_, err := b.SaveMembers(b.t.Context(), Batch{School: college, Groups: []Group{{Source: "6A", Name: "Sixième A", Kind: Classe}}})
			return err
		}, nil, errors.Conflict, "identity.group.exists"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.save(family())
			id := b.group("6A")
			if err := b.DeleteGroup(t.Context(), by, college, id); err != nil {
				t.Fatal(err)
			}
			if list, err := b.DeletedGroups(t.Context(), college); err != nil || len(list) != 1 || list[0].ID != string(id) || len(list[0].Members) != 3 {
				t.Fatalf("%+v %v", list, err)
			}
			if err := x.meanwhile(b, id); err != nil {
				t.Fatal(err)
			}
			lines := len(journal(b, college))
			err := b.RestoreGroup(t.Context(), by, college, id)
			wants(t, "restored", err, x.kind, x.key)
			for _, s := range []string{"lea", "tom", "mere", "hugo", "prof"} {
				m, err := b.MemberBySource(t.Context(), college, s)
				if errors.KindOf(err) == errors.NotFound {
					continue
				}
				if err != nil || slices.Contains(m.Groups, id) != slices.Contains(x.who, s) {
					t.Errorf("%s: %+v %v", s, m, err)
				}
			}
			noted := journal(b, college)[lines:]
			if want := (x.kind == errors.OK); len(noted) != map[bool]int{true: 1}[want] || want && noted[0] != "group.saved "+string(id) {
				t.Errorf("journal: %v", noted)
			}
			wants(t, "in another school", b.RestoreGroup(t.Context(), by, lycee, id), errors.NotFound, "identity.group.unknown")
		})
	}
}

// TestRestoreGroupWhenTheStoreFails: what the store could not say is neither « not
// there » nor « there already »; nothing is changed, and the next try does it.
func TestRestoreGroupWhenTheStoreFails(t *testing.T) {
	for name, f := range map[string]faulty{
		"what was deleted":   {get: "identity.binned"},
		"groups of its name": {scan: "identity.groups"},
		"whether it is back": {get: "identity.groups"},
		"who was in it":      {get: "identity.members"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.save(family())
			id := b.group("6A")
			if err := b.DeleteGroup(t.Context(), audit.By{}, college, id); err != nil {
				t.Fatal(err)
			}
			f.Engine = b.engine
			b.Service.engine = f
			wants(t, "while it fails", b.RestoreGroup(t.Context(), audit.By{}, college, id), errors.Unavailable, "store.busy")
			b.Service.engine = b.engine
			if err := b.RestoreGroup(t.Context(), audit.By{}, college, id); err != nil {
				t.Error(err)
			}
		})
	}
}

// faulty is a store that cannot be read: what one gets or walks of a collection.
type faulty struct {
	store.Engine
	get, scan string
}

type faultySpace struct {
	store.Space
	f faulty
}

type faultyTx struct {
	store.Tx
	f faulty
}

func (f faulty) Open(ctx context.Context, school ids.SchoolID) (store.Space, error) {
	space, err := f.Engine.Open(ctx, school)
	return faultySpace{space, f}, err
}

func (s faultySpace) Update(ctx context.Context, fn func(store.Tx) error) error {
	return s.Space.Update(ctx, func(tx store.Tx) error { return fn(faultyTx{tx, s.f}) })
}

var errBusy = errors.New(errors.Unavailable, "store.busy")

func (t faultyTx) Get(key []byte) ([]byte, bool, error) {
	if t.f.get != "" && bytes.Contains(key, []byte(t.f.get)) {
		return nil, false, errBusy
	}
	return t.Tx.Get(key)
}

func (t faultyTx) Scan(from, to []byte, reverse bool) iter.Seq2[store.Pair, error] {
	if t.f.scan != "" && bytes.Contains(from, []byte(t.f.scan)) {
		return func(yield func(store.Pair, error) bool) { yield(store.Pair{}, errBusy) }
	}
	return t.Tx.Scan(from, to, reverse)
}
