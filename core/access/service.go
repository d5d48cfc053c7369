package access

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Checker is what the rest of the core asks before every call.
type Checker interface {
	// May reports whether one of these roles has the permission in the school.
	May(school ids.SchoolID, roles []string, p ids.Permission) bool
}

// Service holds the rules of all schools.
type Service struct {
	engine store.Engine
	log    *audit.Log

	state     atomic.Pointer[state]
	mu        sync.Mutex // held to make a new state
	templates map[ids.ModuleID]template
	known     map[ids.SchoolID]bool // schools with a space, as last listed
}

var _ Checker = (*Service)(nil)

// state is all that a decision needs. It never changes; a new one takes its
// place, so readers take no lock.
type state struct {
	*catalogue
	schools map[ids.SchoolID]sets
}

// New returns the rules kept in the core's store, with the core's own
// permissions registered.
func New(engine store.Engine, log *audit.Log) (*Service, error) {
	s := &Service{engine: engine, log: log, templates: map[ids.ModuleID]template{}}
	return s, s.Register(Core, corePermissions())
}

// Register makes the permissions of a module known, in place of those it had.
// Invalid when one is not the module's own, comes twice or names an unknown
// role.
func (s *Service) Register(module ids.ModuleID, permissions []Permission) error {
	seen := map[ids.Permission]bool{}
	for _, p := range permissions {
		if p.ID.Module() != module || seen[p.ID] {
			return errors.Wrap(fmt.Errorf("access: module %s registers %q", module, p.ID), errors.Invalid, "access.permission.unknown")
		}
		seen[p.ID] = true
		for _, role := range p.Default {
			if !KnownRole(role) {
				return errors.Wrap(fmt.Errorf("access: %s for unknown role %q", p.ID, role), errors.Invalid, "access.role.unknown")
			}
		}
	}
	t, err := newTemplate(slices.Clone(permissions))
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.templates[module] = t
	s.state.Store(&state{newCatalogue(s.templates), nil})
	return nil
}

// Unregister forgets the permissions of a module: they are denied. What
// schools said about them stays in the store and counts again when the module
// comes back.
func (s *Service) Unregister(module ids.ModuleID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.templates, module)
	s.state.Store(&state{newCatalogue(s.templates), nil})
}

// May reports whether one of these roles has the permission in the school.
func (s *Service) May(school ids.SchoolID, roles []string, p ids.Permission) bool {
	st := s.state.Load()
	compiled, ok := st.schools[school]
	if !ok {
		st, compiled = s.load(school)
	}
	i, ok := st.number[p]
	if !ok {
		return false
	}
	for _, role := range roles {
		if compiled.has(role, i) {
			return true
		}
	}
	return false
}

// Granted lists the permissions of a module that one of these roles has.
func (s *Service) Granted(school ids.SchoolID, roles []string, module ids.ModuleID) []ids.Permission {
	st := s.state.Load()
	compiled, ok := st.schools[school]
	if !ok {
		st, compiled = s.load(school)
	}
	var granted []ids.Permission
	numbers := st.modules[module]
	for i := numbers.first; i < numbers.end; i++ {
		if slices.ContainsFunc(roles, func(role string) bool { return compiled.has(role, i) }) {
			granted = append(granted, st.permissions[i].ID)
		}
	}
	return granted
}

// load compiles a school's sets and keeps them. The sets are empty for an
// unknown school, and when the store does not answer: what cannot be known is
// denied.
func (s *Service) load(school ids.SchoolID) (*state, sets) {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.state.Load()
	if compiled, ok := st.schools[school]; ok {
		return st, compiled
	}
	list, err := s.rulesOf(context.Background(), school)
	if err != nil {
		if errors.KindOf(err) != errors.NotFound {
			slog.Error("access: rules of a school", "school", school, "err", err)
		}
		return st, sets{}
	}
	compiled, err := st.compile(school, list)
	if err != nil {
		slog.Error("access: compile", "school", school, "err", err)
		return st, sets{}
	}
	schools := maps.Clone(st.schools)
	if schools == nil {
		schools = map[ids.SchoolID]sets{}
	}
	schools[school] = compiled
	st = &state{st.catalogue, schools}
	s.state.Store(st)
	return st, compiled
}

// forget drops the compiled sets of a school. It waits for a compilation under
// way, which may have read the rules before the change.
func (s *Service) forget(school ids.SchoolID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.state.Load()
	schools := maps.Clone(st.schools)
	delete(schools, school)
	s.state.Store(&state{st.catalogue, schools})
}

// rulesOf reads the changes of a school; NotFound when it has no space. The
// caller holds mu.
func (s *Service) rulesOf(ctx context.Context, school ids.SchoolID) (list []rule, err error) {
	if !s.known[school] { // Open would make the space
		spaces, err := s.engine.Spaces(ctx)
		if err != nil {
			return nil, err
		}
		s.known = make(map[ids.SchoolID]bool, len(spaces))
		for _, id := range spaces {
			s.known[id] = id != store.Global
		}
	}
	if !s.known[school] {
		return nil, errors.New(errors.NotFound, "access.school.unknown")
	}
	space, err := s.engine.Open(ctx, school)
	if err != nil {
		return nil, err
	}
	err = space.View(ctx, func(tx store.Tx) error {
		list, err = readRules(tx)
		return err
	})
	return list, err
}
