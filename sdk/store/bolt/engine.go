package bolt

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/singleflight"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Engine keeps the spaces of a folder. Make one with [Open].
type Engine struct {
	root *os.Root

	mu     sync.RWMutex
	open   map[ids.SchoolID]*space
	closed bool

	once singleflight.Group // one opening, dropping or restoring per school
}

var _ store.Engine = (*Engine)(nil)

// Open returns the engine of this folder, and makes the folder, for its owner
// only, when it is missing. No file is opened yet.
func Open(dir string) (*Engine, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, errors.Internal(err)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, errors.Internal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, errors.Internal(err)
	}
	e := &Engine{root: root, open: map[ids.SchoolID]*space{}}
	e.sweep()
	return e, nil
}

// Open implements [store.Engine].
func (e *Engine) Open(ctx context.Context, school ids.SchoolID) (store.Space, error) {
	if s, err := e.cached(school); s != nil || err != nil {
		return s, err
	}
	s, err := e.acquire(ctx, school)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// cached returns the open space, or neither space nor error.
func (e *Engine) cached(school ids.SchoolID) (store.Space, error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.closed {
		return nil, gone(school)
	}
	if s := e.open[school]; s != nil {
		return s, nil
	}
	return nil, nil
}

// acquire opens the school's file, once for all who ask at the same time.
func (e *Engine) acquire(ctx context.Context, school ids.SchoolID) (*space, error) {
	name, err := fileName(school)
	if err != nil {
		return nil, err
	}
	opening := e.once.DoChan(string(school), func() (any, error) {
		if s, err := e.cached(school); s != nil || err != nil {
			return s, err
		}
		db, err := e.openFile(name)
		if err != nil {
			return nil, err
		}
		s := newSpace(school, db)
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.closed {
			return nil, errors.Join(gone(school), db.Close())
		}
		e.open[school] = s
		return s, nil
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-opening:
		s, _ := r.Val.(*space)
		return s, r.Err
	}
}

// Spaces implements [store.Engine].
func (e *Engine) Spaces(ctx context.Context) ([]ids.SchoolID, error) {
	files, err := os.ReadDir(e.root.Name())
	if err != nil {
		return nil, errors.Internal(err)
	}
	var schools []ids.SchoolID
	for _, f := range files {
		id, isSpace := strings.CutSuffix(f.Name(), suffix)
		if isSpace && f.Type().IsRegular() && plain.MatchString(id) {
			schools = append(schools, ids.SchoolID(id))
		}
	}
	slices.Sort(schools)
	return schools, ctx.Err()
}

// Close implements [store.Engine].
func (e *Engine) Close() error {
	e.mu.Lock()
	spaces := e.open
	e.open, e.closed = map[ids.SchoolID]*space{}, true
	e.mu.Unlock()
	var errs []error
	for _, s := range spaces {
		errs = append(errs, s.db.Close())
	}
	return errors.Join(append(errs, e.root.Close())...)
}

const suffix = ".db"

// plain is what a school may be called: it is a file name on every system.
var plain = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$`)

func fileName(school ids.SchoolID) (string, error) {
	if !plain.MatchString(string(school)) {
		return "", errors.Wrap(fmt.Errorf("bolt: no school can be called %q", school), errors.Invalid, "")
	}
	return string(school) + suffix, nil
}

// gone is the answer of a space that was dropped or whose engine is closed.
func gone(school ids.SchoolID) error {
	return errors.Wrap(fmt.Errorf("bolt: the space of %s is closed", school), errors.Unavailable, "")
}
