package search

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// change has the background's work done for one document.
func (s *site) change(t *testing.T, documents ...string) {
	t.Helper()
	if err := s.Changed(t.Context(), school, "devoirs", documents); err != nil {
		t.Fatal(err)
	}
	s.fill(t)
}

func same(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestChangesFollow(t *testing.T) {
	s := newSite(t)
	s.fill(t)
	same(t, "nothing", s.finds(t, lea, "dictée"))
	s.shop.put(school, "devoirs", doc("a", "Dictée", ""), doc("b", "Dictée deux", ""))
	same(t, "nobody said so", s.finds(t, lea, "dictée"))
	s.change(t, "a")
	same(t, "one came", s.finds(t, lea, "dictée"), "a")
	s.shop.put(school, "devoirs", doc("a", "Exposé", ""))
	s.change(t, "a", "b")
	same(t, "one changed", s.finds(t, lea, "dictée"), "b")
	same(t, "into this", s.finds(t, lea, "exposé"), "a")
	s.shop.goods[school]["devoirs"] = s.shop.goods[school]["devoirs"][:1]
	s.change(t, "b")
	same(t, "one went", s.finds(t, lea, "dictée"))
	for i := range 10 {
		s.shop.put(school, "devoirs", doc(fmt.Sprint("n", i), "Poésie", ""))
	}
	s.change(t)
	if got := s.finds(t, lea, "poésie"); len(got) != 10 {
		t.Errorf("all changed: %v", got)
	}
}

func TestVersionsAreSweptOnce(t *testing.T) {
	s := newSite(t)
	s.shop.put(school, "devoirs", doc("a", "Dictée", ""))
	s.fill(t)
	asked := s.shop.asked
	s.fill(t)
	if s.shop.asked != asked {
		t.Error("nothing changed, and all was asked for again")
	}
	s.shop.put(school, "devoirs", doc("a", "Exposé", ""))
	s.shop.version["devoirs"] = "2"
	s.fill(t)
	same(t, "another version", s.finds(t, lea, "exposé"), "a")
	delete(s.shop.version, "devoirs")
	s.fill(t)
	same(t, "switched off", s.finds(t, lea, "exposé"))
	if n, err := s.shelf.open[school].index.DocCount(); n != 0 || err != nil {
		t.Errorf("%d documents of a source that went are left, %v", n, err)
	}
}

// A module that is away keeps nobody else waiting, and nothing is forgotten.
func TestAwayIsAskedAgain(t *testing.T) {
	s := newSite(t)
	s.shop.version["agenda"] = "1"
	s.shop.put(school, "devoirs", doc("a", "Dictée", ""))
	s.shop.put(school, "agenda", doc("b", "Dictée au CDI", ""))
	s.shop.away["agenda"] = true
	if err := s.work(t.Context(), school, func(string, int) {}); errors.KindOf(err) != errors.Unavailable {
		t.Errorf("%v, want unavailable", err)
	}
	same(t, "without the one away", s.finds(t, lea, "dictée"), "a")
	found, err := s.Find(t.Context(), Ask{School: school, Viewer: lea, Words: "dictée", Open: map[string][]ids.Permission{"agenda": {"agenda.read"}}})
	if err != nil || !found.Filling {
		t.Errorf("%+v, %v: want to be told that something is missing", found, err)
	}
	s.shop.away["agenda"] = false
	s.fill(t)
	same(t, "back again", s.finds(t, lea, "dictée"), "a", "b")
	s.shop.away["agenda"] = true
	s.shop.put(school, "agenda", doc("c", "Dictée en salle 4", ""))
	if err := s.Changed(t.Context(), school, "agenda", []string{"c"}); err != nil {
		t.Fatal(err)
	}
	s.shop.put(school, "devoirs", doc("d", "Dictée quatre", ""))
	if err := s.Changed(t.Context(), school, "devoirs", []string{"d"}); err != nil {
		t.Fatal(err)
	}
	if err := s.work(t.Context(), school, func(string, int) {}); err == nil {
		t.Error("the one away was asked, and answered")
	}
	same(t, "the other one's change is there", s.finds(t, lea, "dictée"), "a", "b", "d")
	s.shop.away["agenda"] = false
	s.fill(t)
	same(t, "and now both", s.finds(t, lea, "dictée"), "a", "b", "c", "d")
}

// What is not published yet is found by those who may, by the others when its
// hour comes.
func TestFoundFromItsHour(t *testing.T) {
	s := newSite(t)
	d := doc("a", "Sujet du brevet", "")
	d.Audience[0].From = timestamppb.New(noon.Add(time.Hour))
	s.shop.put(school, "devoirs", d)
	s.fill(t)
	s.fill(t)
	same(t, "too early", s.finds(t, lea, "brevet"))
	if _, next, err := s.due(t.Context(), school, 10); err != nil || !next.Equal(noon.Add(time.Hour)) {
		t.Errorf("looked at again at %v, %v", next, err)
	}
	s.now = noon.Add(59 * time.Minute)
	s.fill(t)
	same(t, "a minute before", s.finds(t, lea, "brevet"))
	s.now = noon.Add(time.Hour)
	s.fill(t)
	same(t, "now", s.finds(t, lea, "brevet"), "a")
	if list, next, err := s.due(t.Context(), school, 10); err != nil || len(list) > 0 || !next.IsZero() {
		t.Errorf("%v %v still wait, %v", list, next, err)
	}
}

func TestRebuild(t *testing.T) {
	s := newSite(t)
	s.shop.put(school, "devoirs", doc("a", "Dictée", ""), doc("b", "Dictée", ""), doc("c", "Dictée", ""), doc("d", "Dictée", ""))
	s.fill(t)
	s.shop.goods[school]["devoirs"] = s.shop.goods[school]["devoirs"][:2] // without a word
	told := 0
	if err := s.Rebuild(t.Context(), school, func(_ string, n int) { told = n }); err != nil || told != 2 {
		t.Errorf("%d told, %v", told, err)
	}
	same(t, "rebuilt", s.finds(t, lea, "dictée"), "a", "b")
	if err := s.Forget(school); err != nil {
		t.Fatal(err)
	}
	if s.shelf.has(school) {
		t.Error("it is forgotten, and still there")
	}
	s.fill(t)
	same(t, "filled again", s.finds(t, lea, "dictée"), "a", "b")
}

// A folder that cannot be read any more is no catastrophe.
func TestGarbageIsMadeAgain(t *testing.T) {
	s := newSite(t)
	s.shop.put(school, "devoirs", doc("a", "Dictée", ""))
	s.fill(t)
	s.shelf.idle(0)
	if err := os.WriteFile(filepath.Join(s.shelf.path(school), layout, "index_meta.json"), []byte("{garbage"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.fill(t)
	same(t, "made again", s.finds(t, lea, "dictée"), "a")
	older := filepath.Join(s.cfg.Folder, string(other), "0")
	if err := os.MkdirAll(older, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.work(t.Context(), other, func(string, int) {}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(older); !os.IsNotExist(err) {
		t.Errorf("an index of another layout stays: %v", err)
	}
}

// Schools that nobody searches in cost no memory: their indexes are closed.
func TestIdleIndexesAreClosed(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Open = 3 })
	for i := range 10 {
		uai := ids.SchoolID(fmt.Sprintf("075%04dA", i))
		s.shop.put(uai, "devoirs", doc("a", "Dictée", ""))
		if err := s.work(t.Context(), uai, func(string, int) {}); err != nil {
			t.Fatal(err)
		}
		if n := len(s.shelf.open); n > 3 {
			t.Fatalf("%d indexes are open", n)
		}
		s.now = s.now.Add(time.Second)
	}
	if _, open := s.shelf.open["0750009A"]; !open || len(s.shelf.open) != 3 {
		t.Errorf("open are %v, want the last three", s.shelf.open)
	}
	s.now = s.now.Add(s.cfg.Idle)
	s.shelf.idle(s.cfg.Idle)
	if len(s.shelf.open) != 0 {
		t.Errorf("still open: %v", s.shelf.open)
	}
	found, err := s.Find(t.Context(), Ask{School: "0750001A", Viewer: lea, Words: "dictée", Open: map[string][]ids.Permission{"devoirs": {"devoirs.read"}}})
	if err != nil || found.Total != 1 {
		t.Errorf("opened again: %+v, %v", found, err)
	}
}

// The background does all that by itself, also after a restart.
func TestBackground(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Now = time.Now })
	s.shop.put(school, "devoirs", doc("a", "Dictée", ""))
	if err := s.Changed(t.Context(), school, "devoirs", []string{"a"}); err != nil { // and then the process ends
		t.Fatal(err)
	}
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.await(t, "dictée", "a")
	s.shop.put(school, "devoirs", doc("b", "Dictée", ""))
	if err := s.Changed(t.Context(), school, "devoirs", []string{"b"}); err != nil {
		t.Fatal(err)
	}
	s.await(t, "dictée", "a b")
	if err := s.Start(t.Context()); errors.KindOf(err) != errors.Conflict {
		t.Errorf("started twice: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Find(t.Context(), Ask{School: school, Viewer: lea, Words: "dictée"}); errors.KindOf(err) != errors.Unavailable {
		t.Errorf("closed: %v", err)
	}
}

// await looks until somebody finds these, or too long.
func (s *site) await(t *testing.T, words, want string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		got := s.finds(t, lea, words)
		if slices.Sort(got); strings.Join(got, " ") == want {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%q finds %v, want %s", words, got, want)
		}
	}
}
