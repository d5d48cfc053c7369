package identity

import (
	"runtime"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/store"
)

// Config is what the service needs. Only Engine and Audit are required.
type Config struct {
	Engine   store.Engine
	Audit    *audit.Log
	Now      func() time.Time          // clock; nil: time.Now
	Hashers  int                       // passwords hashed at the same time; 0: one per core
	Lifetime func(staff bool) Lifetime // nil: DefaultLifetime
}

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

// Service is the directory and the sign-in of all schools.
type Service struct {
	engine   store.Engine
	audit    *audit.Log
	now      func() time.Time
	lifetime func(bool) Lifetime
}

// New returns the service kept in the core's store.
func New(c Config) (*Service, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Hashers <= 0 {
		c.Hashers = runtime.GOMAXPROCS(0)
	}
	if c.Lifetime == nil {
		c.Lifetime = DefaultLifetime
	}
	return &Service{engine: c.Engine, audit: c.Audit, now: c.Now, lifetime: c.Lifetime}, nil
}
