package audit

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

const college, lycee = ids.SchoolID("0750655E"), ids.SchoolID("0380089W")

func newLog(t testing.TB) *Log {
	t.Helper()
	engine, err := bolt.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	at := time.Date(2026, 11, 21, 8, 0, 0, 123456789, time.UTC)
	return New(engine, func() time.Time { at = at.Add(time.Second); return at })
}

func record(t testing.TB, l *Log, school ids.SchoolID, n int) {
	t.Helper()
	for i := range n {
		e := Entry{Actor: ids.PersonID(fmt.Sprint("P", i%3)), School: school, Action: actions[i%2], Object: fmt.Sprint("o", i%5),
			Details: map[string]string{"b": "2", "a": fmt.Sprint(i)}, Address: "192.0.2.1"}
		if err := l.Record(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
}

func update(t testing.TB, l *Log, school ids.SchoolID, fn func(store.Tx) error) {
	t.Helper()
	space, err := l.engine.Open(t.Context(), school)
	if err != nil {
		t.Fatal(err)
	}
	if err := space.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func verify(t testing.TB, l *Log, school ids.SchoolID) Report {
	t.Helper()
	reports, err := l.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reports {
		if r.School == school {
			return r
		}
	}
	t.Fatalf("no report on %s in %v", school, reports)
	return Report{}
}

func TestWholeJournalsVerify(t *testing.T) {
	l := newLog(t)
	record(t, l, college, 7)
	record(t, l, lycee, 3)
	if err := l.Record(t.Context(), Entry{Action: SchoolAdded}); err != nil {
		t.Fatal(err)
	}
	if err := l.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	for school, n := range map[ids.SchoolID]uint64{college: 7, lycee: 3, store.Global: 3} {
		if r := verify(t, l, school); !r.Whole() || r.Entries != n {
			t.Errorf("%s: %+v, want %d whole entries", school, r, n)
		}
	}
	if err := l.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, l, store.Global); r.Entries != 3 {
		t.Errorf("a checkpoint of unchanged journals added entries: %+v", r)
	}
}

func TestTamperingShows(t *testing.T) {
	swap := func(tx store.Tx) error {
		a, err := entries.Get(tx, entryID(3))
		if err != nil {
			return err
		}
		b, err := entries.Get(tx, entryID(4))
		if err != nil {
			return err
		}
		a.ID, b.ID = b.ID, a.ID
		return errors.Join(entries.Put(tx, a), entries.Put(tx, b))
	}
	modify := func(id uint64, change func(*Entry)) func(store.Tx) error {
		return func(tx store.Tx) error {
			_, err := entries.Modify(tx, entryID(id), func(e *Entry) error { change(e); return nil })
			return err
		}
	}
	rewriteTail := func(tx store.Tx) error { // cut the tail and repair the head
		e, err := entries.Get(tx, entryID(5))
		if err != nil {
			return err
		}
		text, _ := json.Marshal(head{e.Seq, e.Hash})
		return errors.Join(entries.Delete(tx, entryID(6)), tx.Put(headKey, text))
	}
	for _, c := range []struct {
		name   string
		broken uint64
		tamper func(store.Tx) error
	}{
		{"actor changed", 2, modify(2, func(e *Entry) { e.Actor = "other" })},
		{"details changed", 4, modify(4, func(e *Entry) { e.Details["a"] = "x" })},
		{"time changed", 1, modify(1, func(e *Entry) { e.At = e.At.Add(time.Microsecond) })},
		{"changed with a new hash", 4, modify(3, func(e *Entry) { e.Object = "x"; e.Hash = e.sum() })},
		{"last changed with a new hash", 7, modify(6, func(e *Entry) { e.Object = "x"; e.Hash = e.sum() })},
		{"removed", 3, func(tx store.Tx) error { return entries.Delete(tx, entryID(3)) }},
		{"first removed", 1, func(tx store.Tx) error { return entries.Delete(tx, entryID(1)) }},
		{"reordered", 3, swap},
		{"tail cut", 6, func(tx store.Tx) error { return entries.Delete(tx, entryID(6)) }},
		{"tail cut and head repaired", 6, rewriteTail},
		{"head removed", 7, func(tx store.Tx) error { return tx.Delete(headKey) }},
		{"head spoilt", 1, func(tx store.Tx) error { return tx.Put(headKey, []byte("{")) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLog(t)
			record(t, l, college, 6)
			record(t, l, lycee, 2)
			if err := l.Checkpoint(t.Context()); err != nil {
				t.Fatal(err)
			}
			update(t, l, college, c.tamper)
			if r := verify(t, l, college); r.Whole() || r.Broken != c.broken {
				t.Errorf("report %+v, want broken at %d", r, c.broken)
			}
			if r := verify(t, l, lycee); !r.Whole() {
				t.Errorf("the other school's journal is reported: %+v", r)
			}
		})
	}
}

func TestEntryOfAnotherSchoolShows(t *testing.T) {
	l := newLog(t)
	record(t, l, college, 1)
	update(t, l, college, func(tx store.Tx) error { return l.RecordIn(tx, Entry{School: lycee, Action: SignIn}) })
	if r := verify(t, l, college); r.Whole() || r.Broken != 2 {
		t.Errorf("report %+v, want broken at 2", r)
	}
}

func TestUnknownActionIsRefused(t *testing.T) {
	l := newLog(t)
	if err := l.Record(t.Context(), Entry{School: college, Action: "devoirs.read"}); errors.KindOf(err) != errors.Bug {
		t.Errorf("err = %v, want a bug", err)
	}
}

func TestRecordInRollsBackWithTheChange(t *testing.T) {
	l := newLog(t)
	record(t, l, college, 2)
	space, _ := l.engine.Open(t.Context(), college)
	stop := errors.New(errors.Conflict, "x")
	err := space.Update(t.Context(), func(tx store.Tx) error {
		if err := l.RecordIn(tx, Entry{School: college, Action: SignOut}); err != nil {
			return err
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if r := verify(t, l, college); !r.Whole() || r.Entries != 2 {
		t.Errorf("report %+v, want 2 whole entries", r)
	}
}

func TestListFiltersAndPages(t *testing.T) {
	l := newLog(t)
	record(t, l, college, 20)
	record(t, l, lycee, 5)
	for _, c := range []struct {
		q    Query
		want func(i int) bool
	}{
		{Query{}, func(int) bool { return true }},
		{Query{Action: actions[1]}, func(i int) bool { return i%2 == 1 }},
		{Query{Actor: "P2"}, func(i int) bool { return i%3 == 2 }},
		{Query{Object: "o4"}, func(i int) bool { return i%5 == 4 }},
		{Query{Object: "o0", Actor: "P0", Action: actions[0]}, func(i int) bool { return i%30 == 0 }},
		{Query{Actor: "nobody"}, func(int) bool { return false }},
	} {
		var want, got []uint64
		for i := 19; i >= 0; i-- {
			if c.want(i) {
				want = append(want, uint64(i+1))
			}
		}
		c.q.Limit = 3
		for {
			page, next, err := l.List(t.Context(), college, c.q)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) > 3 {
				t.Fatalf("a page of %d", len(page))
			}
			for _, e := range page {
				got = append(got, e.Seq)
			}
			if c.q.Cursor = next; next == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%+v: %v, want %v", c.q, got, want)
		}
	}
}

// TestAnyTextKeepsItsHash: whatever is recorded, broken UTF-8 included, hashes
// to the same when it is read back.
func TestAnyTextKeepsItsHash(t *testing.T) {
	l := newLog(t)
	n := uint64(0)
	text := rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 40), func(b []byte) string { return string(b) })
	rapid.Check(t, func(rt *rapid.T) {
		e := Entry{School: college, Action: rapid.SampledFrom(Actions()).Draw(rt, "action"),
			Actor: ids.PersonID(text.Draw(rt, "actor")), Object: text.Draw(rt, "object"), Address: text.Draw(rt, "address"),
			Details: rapid.MapOfN(text, text, 0, 3).Draw(rt, "details")}
		if err := l.Record(t.Context(), e); err != nil {
			rt.Fatal(err)
		}
		n++
		if r, err := l.VerifySchool(t.Context(), college); err != nil || !r.Whole() || r.Entries != n {
			rt.Fatalf("%+v %v, want %d whole entries", r, err, n)
		}
	})
}

func TestEveryActionHasItsWords(t *testing.T) {
	for _, language := range []string{"fr", "en"} {
		text, err := fs.ReadFile(Locales, "locales/"+language+".json")
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]any
		if err := json.Unmarshal(text, &words); err != nil {
			t.Fatal(err)
		}
		for _, a := range Actions() {
			if words["audit."+string(a)] == nil {
				t.Errorf("%s: no words for %s", language, a)
			}
		}
		for k := range words {
			if !Action(strings.TrimPrefix(k, "audit.")).Valid() {
				t.Errorf("%s: %s is no action", language, k)
			}
		}
	}
}
