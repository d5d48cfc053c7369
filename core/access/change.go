package access

import (
	"context"
	"strings"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Change is one decision of a school about one permission of one role.
type Change struct {
	By         audit.By
	School     ids.SchoolID
	Role       string
	Permission ids.Permission
	Effect     Effect
}

// check says what is wrong with the change itself.
func (c Change) check(st *state) error {
	_, known := st.number[c.Permission]
	core := c.Permission == Admin || strings.HasPrefix(string(c.Permission), string(Admin)+".")
	head := c.Role == string(ids.Direction) || c.Role == Administrateur
	family := c.Role == string(ids.Eleve) || c.Role == string(ids.Parent)
	switch {
	case !known:
		return errors.New(errors.Invalid, "access.permission.unknown")
	case !KnownRole(c.Role):
		return errors.New(errors.Invalid, "access.role.unknown")
	case !c.Effect.Valid():
		return errors.New(errors.Invalid, "access.effect.unknown")
	case head && c.Effect == Deny && (c.Permission == Admin || c.Permission == AdminPermissions):
		return errors.New(errors.Conflict, "access.lockout")
	case family && core && c.Effect == Allow:
		return errors.New(errors.Invalid, "access.staffonly")
	}
	return nil
}

// Set makes one change: durable, audited, and in force when it returns. To set
// what is set already changes and records nothing.
func (s *Service) Set(ctx context.Context, c Change) error {
	if err := c.check(s.state.Load()); err != nil {
		return err
	}
	s.mu.Lock()
	_, err := s.rulesOf(ctx, c.School) // NotFound for a school without a space
	s.mu.Unlock()
	if err != nil {
		return err
	}
	space, err := s.engine.Open(ctx, c.School)
	if err != nil {
		return err
	}
	defer s.forget(c.School)
	return space.Update(ctx, func(tx store.Tx) error {
		before, err := effectOf(tx, c.Role, c.Permission)
		if err != nil || before == c.Effect {
			return err
		}
		id := ruleID(c.Role, c.Permission)
		if c.Effect == Default {
			err = rules.Delete(tx, id)
		} else {
			err = rules.Put(tx, &rule{id, c.Role, string(c.Permission), c.Effect})
		}
		if err != nil {
			return err
		}
		if err := bumpEpoch(tx); err != nil {
			return err
		}
		return s.log.RecordIn(tx, audit.Entry{
			Actor: c.By.Person, Address: c.By.Address, School: c.School,
			Action: audit.PermissionSet, Object: string(c.Permission),
			Details: map[string]string{"role": c.Role, "before": word(before), "after": word(c.Effect)},
		})
	})
}

// effectOf returns what the school says now.
func effectOf(tx store.Tx, role string, p ids.Permission) (Effect, error) {
	r, err := rules.Get(tx, ruleID(role, p))
	if errors.KindOf(err) == errors.NotFound {
		return Default, nil
	}
	if err != nil {
		return Default, err
	}
	return r.Effect, nil
}

// word is how the journal writes an effect.
func word(e Effect) string {
	if e == Default {
		return "default"
	}
	return string(e)
}

// Epoch returns how many changes the school has made; it grows with each.
func (s *Service) Epoch(ctx context.Context, school ids.SchoolID) (n uint64, err error) {
	space, err := s.engine.Open(ctx, school)
	if err != nil {
		return 0, err
	}
	err = space.View(ctx, func(tx store.Tx) error {
		n, err = readEpoch(tx)
		return err
	})
	return n, err
}
