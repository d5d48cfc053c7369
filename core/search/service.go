package search

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Config is what a service needs; only Folder, Engine and Sources must be there.
type Config struct {
	Folder  string       // of the indexes: one folder a school
	Engine  store.Engine // the core's store: what is still to be asked for
	Sources Sources
	Open    int              // indexes open at once [16]
	Idle    time.Duration    // after which one nobody uses is closed [5 min]
	Now     func() time.Time // [time.Now]
	Log     *slog.Logger     // [none]
}

// Service finds. Make one with [New].
type Service struct {
	cfg   Config
	shelf *shelf

	mu      sync.Mutex
	woken   chan struct{}
	dirty   map[ids.SchoolID]time.Time // to be worked at, not before
	tries   map[ids.SchoolID]int       // that failed in a row
	cancel  context.CancelFunc
	running sync.WaitGroup
	working sync.Map // ids.SchoolID → *sync.Mutex: one fills a school's index at a time
}

// New returns a service; nothing is opened and nothing runs before [Service.Start].
func New(cfg Config) *Service {
	if cfg.Open <= 0 {
		cfg.Open = 16
	}
	if cfg.Idle <= 0 {
		cfg.Idle = 5 * time.Minute
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{cfg: cfg, shelf: newShelf(cfg.Folder, cfg.Open, cfg.Log, cfg.Now),
		woken: make(chan struct{}, 1), dirty: map[ids.SchoolID]time.Time{}, tries: map[ids.SchoolID]int{}}
}

// Changed notes, durably, that documents of a source came, changed or went; no
// documents: any of them may have. The index follows.
func (s *Service) Changed(ctx context.Context, school ids.SchoolID, source string, documents []string) error {
	if len(documents) == 0 {
		documents = []string{""}
	}
	list := make([]*pending, len(documents))
	for i, d := range documents {
		list[i] = &pending{Source: source, Document: d, At: s.cfg.Now()}
	}
	if err := s.remember(ctx, school, list...); err != nil {
		return err
	}
	s.Look(school)
	return nil
}

// Look has a school's index compared with its sources soon: people changed,
// say, or another module is there.
func (s *Service) Look(school ids.SchoolID) { s.wake(school, s.cfg.Now()) }

// Rebuild throws a school's index away and fills it again before it returns;
// tell, which may be nil, hears how many documents of a source are there. What
// could not be asked for follows later and is the error.
func (s *Service) Rebuild(ctx context.Context, school ids.SchoolID, tell func(source string, n int)) error {
	if tell == nil {
		tell = func(string, int) {}
	}
	defer s.turn(school)()
	if err := s.shelf.drop(school); err != nil {
		return err
	}
	err := s.work(ctx, school, tell)
	s.Look(school)
	return err
}

// Forget throws a school's index away; it is filled again when next needed.
func (s *Service) Forget(school ids.SchoolID) error {
	defer s.turn(school)()
	return s.shelf.drop(school)
}

// turn waits until nobody else fills the school's index; the function it
// returns lets the next one.
func (s *Service) turn(school ids.SchoolID) (end func()) {
	m, _ := s.working.LoadOrStore(school, &sync.Mutex{})
	m.(*sync.Mutex).Lock()
	return m.(*sync.Mutex).Unlock
}

// Close ends what runs and closes the indexes.
func (s *Service) Close() error {
	s.mu.Lock()
	if s.cancel != nil {
		s.cancel()
	}
	s.mu.Unlock()
	s.running.Wait()
	s.shelf.close()
	return nil
}

// Start fills indexes in the background until [Service.Close]: those of schools
// that have none yet, and those about which something was said.
func (s *Service) Start(ctx context.Context) error {
	schools, err := s.cfg.Engine.Spaces(ctx)
	if err != nil {
		return err
	}
	for _, school := range schools {
		if school == store.Global {
			continue
		}
		if !s.shelf.has(school) {
			s.Look(school)
			continue
		}
		list, next, err := s.due(ctx, school, 1)
		switch {
		case err != nil:
			return err
		case len(list) > 0:
			s.Look(school)
		case !next.IsZero():
			s.wake(school, next)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		return errors.New(errors.Conflict, "search.started")
	}
	ctx, s.cancel = context.WithCancel(context.WithoutCancel(ctx))
	s.running.Go(func() { s.run(ctx) })
	return nil
}

// Running reports whether indexes are filled in the background.
func (s *Service) Running() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cancel != nil
}
