package search

import (
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// shelf holds the indexes of schools: those that are used are open, the others
// are files. An open index costs memory and three goroutines, and a region has
// hundreds of schools.
type shelf struct {
	folder string
	most   int // open at once, unless more are used at once
	log    *slog.Logger
	now    func() time.Time

	mu     sync.Mutex
	open   map[ids.SchoolID]*volume
	closed bool
}

// volume is the open index of one school.
type volume struct {
	index bleve.Index
	fresh bool // it was made just now: nothing is in it
	users int
	used  time.Time
}

func newShelf(folder string, most int, log *slog.Logger, now func() time.Time) *shelf {
	return &shelf{folder: folder, most: most, log: log, now: now, open: map[ids.SchoolID]*volume{}}
}

// take returns the index of a school, made when there is none; give it back.
// Opening one takes some milliseconds, in which nobody else takes another.
func (s *shelf) take(school ids.SchoolID) (*volume, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errors.New(errors.Unavailable, "search.closed")
	}
	v := s.open[school]
	if v == nil {
		index, fresh, err := s.openIndex(school)
		if err != nil {
			return nil, err
		}
		v = &volume{index: index, fresh: fresh}
		s.open[school] = v
	}
	v.users++
	s.tidy(func(v *volume, n int) bool { return n > s.most })
	return v, nil
}

func (s *shelf) give(v *volume) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v.users--
	v.used = s.now()
	s.tidy(func(_ *volume, n int) bool { return n > s.most })
}

// idle closes what nobody used for so long.
func (s *shelf) idle(after time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.now().Add(-after)
	s.tidy(func(v *volume, _ int) bool { return !v.used.After(before) })
}

// tidy closes what nobody uses, the longest unused first, as long as too says so;
// n is how many are open.
func (s *shelf) tidy(too func(v *volume, n int) bool) {
	for {
		var oldest ids.SchoolID
		for school, v := range s.open {
			if v.users == 0 && (oldest == "" || v.used.Before(s.open[oldest].used)) {
				oldest = school
			}
		}
		if oldest == "" || !too(s.open[oldest], len(s.open)) {
			return
		}
		s.shut(oldest)
	}
}

func (s *shelf) shut(school ids.SchoolID) {
	v := s.open[school]
	delete(s.open, school)
	if err := v.index.Close(); err != nil {
		s.log.Error("search: closing an index", "school", school, "err", err)
	}
	putQueue()
}

// close shuts all of them; those who still use one get errors.
func (s *shelf) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for school := range s.open {
		s.shut(school)
	}
}

// drop deletes the index of a school: the next take makes an empty one.
func (s *shelf) drop(school ids.SchoolID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open[school] != nil {
		s.shut(school)
	}
	if err := os.RemoveAll(s.path(school)); err != nil {
		return errors.Wrap(err, errors.Unavailable, "search.folder")
	}
	return nil
}

// has reports whether a school has an index of the present layout.
func (s *shelf) has(school ids.SchoolID) bool {
	_, err := os.Stat(filepath.Join(s.path(school), layout))
	return err == nil
}

func (s *shelf) path(school ids.SchoolID) string { return filepath.Join(s.folder, string(school)) }

// openIndex opens a school's index. One of another layout, or one that cannot
// be read any more, is replaced by an empty one: it can be filled again.
func (s *shelf) openIndex(school ids.SchoolID) (index bleve.Index, fresh bool, err error) {
	takeQueue()
	defer func() {
		if err != nil {
			putQueue()
		}
	}()
	at := filepath.Join(s.path(school), layout)
	if s.has(school) {
		if index, err = bleve.Open(at); err == nil {
			return index, false, nil
		}
		s.log.Error("search: an index cannot be read and is made again", "school", school, "err", err)
	}
	if err := os.RemoveAll(s.path(school)); err != nil {
		return nil, false, errors.Wrap(err, errors.Unavailable, "search.folder")
	}
	if err := os.MkdirAll(s.path(school), 0o700); err != nil {
		return nil, false, errors.Wrap(err, errors.Unavailable, "search.folder")
	}
	m, err := newMapping()
	if err != nil {
		return nil, false, err
	}
	index, err = bleve.NewUsing(at, m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, false, errors.Wrap(err, errors.Unavailable, "search.folder")
	}
	return index, true, nil
}
