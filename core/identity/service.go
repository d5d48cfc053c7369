package identity

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Config is what the service needs. Only Engine and Audit are required.
type Config struct {
	Engine   store.Engine
	Audit    *audit.Log
	Now      func() time.Time          // clock; nil: time.Now
	Hashers  int                       // passwords hashed at the same time; 0: one per core
	Lifetime func(staff bool) Lifetime // nil: DefaultLifetime
	// Emitted is told after a transaction of a school put events into its outbox
	// ([Left]); it may be nil.
	Emitted func(ctx context.Context, school ids.SchoolID) error
	// Touched is told after people or groups of a school changed; it must be
	// quick, and may be nil.
	Touched func(school ids.SchoolID)
}

// Left is the event that a person left a school; its payload is {"person": id}.
const Left = "identity.left"

// Lifetime bounds a session.
type Lifetime struct {
	Idle     time.Duration // without a request
	Absolute time.Duration // since the sign-in
}

// DefaultLifetime keeps staff, who see other people's data, shorter than
// pupils and guardians.
func DefaultLifetime(staff bool) Lifetime {
	if staff {
		return Lifetime{Idle: 2 * time.Hour, Absolute: 12 * time.Hour}
	}
	return Lifetime{Idle: 24 * time.Hour, Absolute: 14 * 24 * time.Hour}
}

// Service is the directory and the sign-in of all schools. It is safe for
// concurrent use.
type Service struct {
	engine   store.Engine
	global   store.Space
	audit    *audit.Log
	now      func() time.Time
	lifetime func(bool) Lifetime
	emitted  func(context.Context, ids.SchoolID) error
	touched  func(ids.SchoolID)
	hasher   *hasher
	limits   *limits

	known     sync.Map // ids.SchoolID → School
	epochs    sync.Map // ids.SchoolID → *atomic.Uint64
	cache     *otter.Cache[string, *prepared]
	revoked   atomic.Uint64 // counts revocations: see SessionOf
	importing sync.Mutex    // one batch at a time
}

// cachedSessions bounds the prepared sessions kept in memory; a session that is
// not among them is prepared again from the store.
const cachedSessions = 100_000

// New returns the service kept in the core's store.
func New(c Config) (*Service, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Hashers <= 0 {
		c.Hashers = runtime.GOMAXPROCS(0)
	}
	if c.Emitted == nil {
		c.Emitted = func(context.Context, ids.SchoolID) error { return nil }
	}
	if c.Touched == nil {
		c.Touched = func(ids.SchoolID) {}
	}
	if c.Lifetime == nil {
		c.Lifetime = DefaultLifetime
	}
	global, err := c.Engine.Open(context.Background(), store.Global)
	if err != nil {
		return nil, err
	}
	cache, err := otter.New(&otter.Options[string, *prepared]{MaximumSize: cachedSessions})
	if err != nil {
		return nil, err
	}
	limits, err := newLimits(c.Now)
	if err != nil {
		return nil, err
	}
	return &Service{
		engine: c.Engine, global: global, audit: c.Audit, now: c.Now, lifetime: c.Lifetime, emitted: c.Emitted, touched: c.Touched,
		hasher: newHasher(c.Hashers), limits: limits, cache: cache,
	}, nil
}

// Close stops the service's goroutines; the store is the caller's.
func (s *Service) Close() {
	s.cache.StopAllGoroutines()
	s.limits.close()
}
