package store_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

type pupil struct {
	ID     string
	Name   string
	Login  string
	Groups []string
}

var pupils = store.NewCollection("pupils",
	store.Index("name", func(p *pupil) store.Key { return store.K(p.Name) }),
	store.Unique("login", func(p *pupil) store.Key {
		if p.Login == "" {
			return nil
		}
		return store.K(p.Login)
	}),
	store.IndexMany("group", func(p *pupil) (keys []store.Key) {
		for _, g := range p.Groups {
			keys = append(keys, store.K(g, p.Name))
		}
		return keys
	}))

func space(t testing.TB) store.Space {
	t.Helper()
	e, err := bolt.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	s, err := e.Open(context.Background(), "0750001A")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func update(t testing.TB, fn func(tx store.Tx) error) {
	t.Helper()
	if err := space(t).Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func wantKind(t testing.TB, what string, err error, want errors.Kind) {
	t.Helper()
	if errors.KindOf(err) != want {
		t.Errorf("%s: %v, want kind %v", what, err, want)
	}
}

// idsOf lists a range; the error is the loop's.
func idsOf(tx store.Tx, index string, opts ...store.RangeOption) (all []string, err error) {
	for p, err := range pupils.Range(tx, index, opts...) {
		if err != nil {
			return all, err
		}
		all = append(all, p.ID)
	}
	return all, nil
}

func wantIDs(t testing.TB, tx store.Tx, want, index string, opts ...store.RangeOption) {
	t.Helper()
	got, err := idsOf(tx, index, opts...)
	if strings.Join(got, " ") != want || err != nil {
		t.Errorf("Range(%q) = %v, %v; want %s", index, got, err, want)
	}
}

func TestOneItem(t *testing.T) {
	update(t, func(tx store.Tx) error {
		p := &pupil{Name: "Zoé", Login: "zoe"}
		wantKind(t, "Insert", pupils.Insert(tx, p), errors.OK)
		if len(p.ID) != 26 {
			t.Errorf("Insert gave the ID %q", p.ID)
		}
		wantKind(t, "Insert again", pupils.Insert(tx, p), errors.Conflict)
		wantKind(t, "a taken login", pupils.Put(tx, &pupil{ID: "b", Login: "zoe"}), errors.Conflict)
		_, err := pupils.Get(tx, "b")
		wantKind(t, "Get after a conflict", err, errors.NotFound)
		wantKind(t, "Put of the same", pupils.Put(tx, p), errors.OK)

		got, err := pupils.Find(tx, "login", "zoe")
		if err != nil || got.ID != p.ID || got == p {
			t.Errorf("Find = %+v, %v", got, err)
		}
		no := fmt.Errorf("no")
		if _, err := pupils.Modify(tx, p.ID, func(p *pupil) error { p.Login = "x"; return no }); err != no {
			t.Errorf("Modify = %v, want the function's error", err)
		}
		_, err = pupils.Modify(tx, p.ID, func(p *pupil) error { p.ID = "c"; return nil })
		wantKind(t, "Modify of the ID", err, errors.Bug)
		got, err = pupils.Modify(tx, p.ID, func(p *pupil) error { p.Login = "zoe2"; return nil })
		if err != nil || got.Login != "zoe2" {
			t.Errorf("Modify = %+v, %v", got, err)
		}
		_, err = pupils.Find(tx, "login", "zoe")
		wantKind(t, "Find of the old login", err, errors.NotFound)
		wantKind(t, "Put with the freed login", pupils.Put(tx, &pupil{ID: "b", Login: "zoe"}), errors.OK)
		_, err = pupils.Modify(tx, "b", func(p *pupil) error { p.Login = "zoe2"; return nil })
		wantKind(t, "Modify to a taken login", err, errors.Conflict)

		wantKind(t, "Delete", pupils.Delete(tx, p.ID), errors.OK)
		wantKind(t, "Delete again", pupils.Delete(tx, p.ID), errors.NotFound)
		_, err = pupils.Get(tx, strings.Repeat("x", 5000))
		wantKind(t, "Get of an ID that cannot be", err, errors.NotFound)
		wantKind(t, "a too long key", pupils.Put(tx, &pupil{ID: "d", Name: strings.Repeat("x", 5000)}), errors.TooLarge)
		wantIDs(t, tx, "b", "")
		return nil
	})
}

func TestFindWantsTheWholeKey(t *testing.T) {
	update(t, func(tx store.Tx) error {
		err := errors.Join(
			pupils.Put(tx, &pupil{ID: "1", Name: "Ann", Groups: []string{"6A"}}),
			pupils.Put(tx, &pupil{ID: "2", Name: "Anna", Groups: []string{"6A", "6A"}}))
		for _, c := range []struct {
			index string
			parts []any
			want  string
		}{{"name", []any{"Anna"}, "2"}, {"name", []any{"An"}, ""}, {"group", []any{"6A"}, ""}, {"group", []any{"6A", "Ann"}, "1"}, {"", []any{"2"}, "2"}, {"", []any{"3"}, ""}} {
			p, err := pupils.Find(tx, c.index, c.parts...)
			if c.want == "" {
				wantKind(t, fmt.Sprint(c), err, errors.NotFound)
			} else if err != nil || p.ID != c.want {
				t.Errorf("Find(%v) = %+v, %v", c, p, err)
			}
		}
		return err
	})
}

func TestRangeBounds(t *testing.T) {
	update(t, func(tx store.Tx) error {
		for i, name := range []string{"A", "B", "B", "C", "D"} {
			if err := pupils.Put(tx, &pupil{ID: fmt.Sprint(i), Name: name, Groups: []string{"g", name}}); err != nil {
				return err
			}
		}
		wantIDs(t, tx, "0 1 2 3 4", "")
		wantIDs(t, tx, "0 1 2 3 4", "name")
		wantIDs(t, tx, "1 2 3", "name", store.From("B"), store.To("C"))
		wantIDs(t, tx, "3 2 1", "name", store.From("B"), store.To("C"), store.Reverse())
		wantIDs(t, tx, "3 2", "name", store.To("C"), store.Reverse(), store.Limit(2))
		wantIDs(t, tx, "3 4", "group", store.Prefix("g"), store.From("g", "C"))
		wantIDs(t, tx, "1 2", "group", store.Prefix("B"), store.From("A"))
		wantIDs(t, tx, "", "name", store.From("C"), store.To("B"))
		wantIDs(t, tx, "", "name", store.Limit(0))
		wantIDs(t, tx, "2 3", "", store.From("2"), store.To("3"))
		if n, err := pupils.Count(tx, "name", store.Prefix("B")); n != 2 || err != nil {
			t.Errorf("Count = %d, %v; want 2", n, err)
		}
		_, err := idsOf(tx, "unknown")
		wantKind(t, "an unknown index", err, errors.Bug)
		return nil
	})
}

// TestRangeBearsChanges changes what a loop walks in every way.
func TestRangeBearsChanges(t *testing.T) {
	update(t, func(tx store.Tx) error {
		for i := range 500 {
			if err := pupils.Put(tx, &pupil{ID: fmt.Sprintf("%03d", i), Name: fmt.Sprintf("%03d", i)}); err != nil {
				return err
			}
		}
		seen := 0
		for p, err := range pupils.Range(tx, "name") {
			if err != nil {
				return err
			}
			switch seen++; seen % 4 {
			case 0: // moves ahead of the loop
				_, err = pupils.Modify(tx, p.ID, func(p *pupil) error { p.Name = "z" + p.Name; return nil })
			case 1: // the next one goes
				err = pupils.Delete(tx, fmt.Sprintf("%03d", atoi(p.ID)+1))
			case 2:
				err = pupils.Delete(tx, p.ID)
			case 3:
				err = pupils.Insert(tx, &pupil{Name: "zz"})
			}
			if err != nil && errors.KindOf(err) != errors.NotFound {
				return err
			}
		}
		if seen != 400 {
			t.Errorf("the loop met %d items, want 400: each of the 500 but those deleted before their turn", seen)
		}
		return nil
	})
}

func atoi(s string) (n int) { n, _ = strconv.Atoi(s); return n }

// TestIndexesFollow makes random changes and compares every index with a map.
func TestIndexesFollow(t *testing.T) {
	s, undo := space(t), fmt.Errorf("undo")
	rapid.Check(t, func(r *rapid.T) {
		name := rapid.SampledFrom([]string{"", "a", "a\x00", "b", "é"})
		err := s.Update(context.Background(), func(tx store.Tx) error {
			model := map[string]pupil{}
			r.Repeat(map[string]func(*rapid.T){
				"put": func(r *rapid.T) {
					p := pupil{ID: rapid.SampledFrom([]string{"1", "2", "3"}).Draw(r, "id"), Name: name.Draw(r, "name"), Login: name.Draw(r, "login"), Groups: rapid.SliceOfN(name, 0, 3).Draw(r, "groups")}
					want := errors.OK
					for _, o := range model {
						if o.ID != p.ID && o.Login == p.Login && p.Login != "" {
							want = errors.Conflict
						}
					}
					if err := pupils.Put(tx, &p); errors.KindOf(err) != want {
						r.Fatalf("Put(%+v) = %v, want %v", p, err, want)
					} else if err == nil {
						model[p.ID] = p
					}
				},
				"delete": func(r *rapid.T) {
					id := rapid.SampledFrom([]string{"1", "2", "3"}).Draw(r, "id")
					_, there := model[id]
					if err := pupils.Delete(tx, id); (err == nil) != there {
						r.Fatalf("Delete(%s) = %v", id, err)
					}
					delete(model, id)
				},
				"": func(r *rapid.T) {
					var names, groups, logins []string
					for _, p := range model {
						names = append(names, p.Name+"/"+p.ID)
						set := map[string]bool{}
						for _, g := range p.Groups {
							set[g] = true
						}
						for g := range maps.Keys(set) {
							groups = append(groups, g+"/"+p.ID)
						}
						if p.Login != "" {
							logins = append(logins, p.ID)
						}
					}
					for index, want := range map[string]int{"name": len(names), "group": len(groups), "login": len(logins), "": len(model)} {
						if n, err := pupils.Count(tx, index); n != want || err != nil {
							r.Fatalf("index %q has %d entries, %v; want %d of %v", index, n, err, want, model)
						}
					}
					got, err := idsOf(tx, "name")
					slices.SortFunc(got, strings.Compare)
					if want := slices.Sorted(maps.Keys(model)); !slices.Equal(got, want) || err != nil {
						r.Fatalf("by name: %v, %v; want %v", got, err, want)
					}
				},
			})
			return undo
		})
		if err != undo {
			r.Fatal(err)
		}
	})
}

func TestNewCollectionRefuses(t *testing.T) {
	type noID struct{ Name string }
	type numberID struct{ ID int }
	byName := store.Index("name", func(p *pupil) store.Key { return nil })
	for what, declare := range map[string]func(){
		"no ID":         func() { store.NewCollection[noID]("x") },
		"a number":      func() { store.NewCollection[numberID]("x") },
		"no struct":     func() { store.NewCollection[int]("x") },
		"no name":       func() { store.NewCollection[pupil]("") },
		"two indexes":   func() { store.NewCollection("x", byName, byName) },
		"unnamed index": func() { store.NewCollection("x", store.Index("", func(p *pupil) store.Key { return nil })) },
	} {
		func() {
			defer func() {
				if p := recover(); p == nil || !strings.HasPrefix(fmt.Sprint(p), "store.NewCollection") {
					t.Errorf("%s: recovered %v, want words about NewCollection", what, p)
				}
			}()
			declare()
		}()
	}
}
