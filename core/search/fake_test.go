package search

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/wire"
)

const school, other = ids.SchoolID("0750655E"), ids.SchoolID("0690001A")

// shop is a source in memory.
type shop struct {
	mu      sync.Mutex
	version map[string]string                            // by source
	goods   map[ids.SchoolID]map[string][]*wire.Document // by school and source
	away    map[string]bool
	asked   int // pages and ids
}

func (f *shop) Of(_ context.Context, _ ids.SchoolID) (list []Source, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for name, v := range f.version {
		list = append(list, Source{name, v})
	}
	return list, nil
}

func (f *shop) Documents(_ context.Context, school ids.SchoolID, source string, wanted []string, cursor string, limit int) (found []*wire.Document, next string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked++
	if f.away[source] {
		return nil, "", errors.New(errors.Unavailable, "host.away")
	}
	for _, d := range f.goods[school][source] {
		if len(wanted) > 0 && !slices.Contains(wanted, d.Id) || len(wanted) == 0 && d.Id <= cursor {
			continue
		}
		if len(wanted) == 0 && len(found) == min(limit, 3) {
			return found, found[2].Id, nil
		}
		found = append(found, proto.Clone(d).(*wire.Document))
	}
	return found, "", nil
}

func (f *shop) Gate(_ ids.SchoolID, source string, d *wire.Document) (ids.Permission, bool) {
	return ids.Permission(source + ".read"), !strings.HasPrefix(d.Path, "/no")
}

func (f *shop) Say(_ string, words *wire.Text) []string { return []string{words.GetKey()} }

func (f *shop) put(school ids.SchoolID, source string, docs ...*wire.Document) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.goods[school] == nil {
		f.goods[school] = map[string][]*wire.Document{}
	}
	for _, d := range docs {
		f.goods[school][source] = slices.DeleteFunc(f.goods[school][source], func(was *wire.Document) bool { return was.Id == d.Id })
	}
	f.goods[school][source] = append(f.goods[school][source], docs...)
	slices.SortFunc(f.goods[school][source], func(a, b *wire.Document) int { return strings.Compare(a.Id, b.Id) })
}

// doc is one for all of 6A.
func doc(id, title, text string) *wire.Document {
	return &wire.Document{Id: id, Title: title, Text: text, Path: "/" + id, Kind: &wire.Text{Key: "devoir"},
		Audience: []*wire.Audience{{Groups: []string{"6A"}}}}
}

// site is a service with its shop, at a time that stands still.
type site struct {
	*Service
	shop   *shop
	folder string
	now    time.Time
}

func newSite(t testing.TB, change ...func(*Config)) *site {
	t.Helper()
	s := &site{folder: t.TempDir(), now: noon, shop: &shop{version: map[string]string{"devoirs": "1"},
		goods: map[ids.SchoolID]map[string][]*wire.Document{}, away: map[string]bool{}}}
	engine, err := bolt.Open(filepath.Join(s.folder, "core"))
	if err != nil {
		t.Fatal(err)
	}
	cfg := Config{Folder: filepath.Join(s.folder, "search"), Engine: engine, Sources: s.shop, Now: func() time.Time { return s.now }}
	for _, c := range change {
		c(&cfg)
	}
	s.Service = New(cfg)
	t.Cleanup(func() {
		if err := errors.Join(s.Close(), engine.Close()); err != nil {
			t.Error(err)
		}
	})
	return s
}

// fill does what the background does.
func (s *site) fill(t testing.TB) {
	t.Helper()
	if err := s.work(t.Context(), school, func(string, int) {}); err != nil {
		t.Fatal(err)
	}
}

var (
	lea = &wire.Viewer{Person: "lea", Profile: "eleve", Groups: []*wire.Group{{Id: "6A"}}}
	tom = &wire.Viewer{Person: "max", Profile: "eleve", Groups: []*wire.Group{{Id: "6B"}}}
)

// finds returns the ids that somebody finds, the best first.
func (s *site) finds(t testing.TB, v *wire.Viewer, words string) (list []string) {
	t.Helper()
	found, err := s.Find(t.Context(), Ask{School: school, Viewer: v, Words: words, Each: 20,
		Open: map[string][]ids.Permission{"devoirs": {"devoirs.read"}, "agenda": {"agenda.read"}}})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, g := range found.Groups {
		n += g.Total
		for _, h := range g.Hits {
			list = append(list, h.Id)
		}
	}
	if n != found.Total {
		t.Errorf("%q: %d in all, the groups have %d", words, found.Total, n)
	}
	return list
}
