package sdk

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/wire"
)

// MigrateFunc brings one school's data from one schema to the next.
type MigrateFunc func(ctx context.Context, m *Migration) error

// Migration is one school's data on its way to the next schema. No request is
// served meanwhile, so there is no viewer, and the core's services are away.
type Migration struct {
	School ids.SchoolID
	To     int      // the schema that the step leads to
	Tx     store.Tx // what the step changes, all or nothing
	Log    *slog.Logger
	Now    func() time.Time // UTC; a clock of its own in tests
}

// Migrate adds the step that brings a school's data from schema to-1 to schema
// to. A module whose module.yaml says "schema: N" needs the steps to 2, 3 … N and
// does not start without. Each step runs in one transaction with the mark of the
// school's schema: after a crash it begins anew, and never runs twice on the same
// data. Like every function of an Update it may run again after a conflict.
//
// Items are rewritten with [store.Collection.Rewrite]; fields that are gone are
// read through a collection of the same name and the earlier type.
func (m *Module) Migrate(to int, step MigrateFunc) { m.steps[to] = step }

// ready answers Invalid when the module cannot write this schema: a step is
// missing, or leads beyond it.
func (m *Module) ready(schema int) error {
	for to := 2; to <= schema; to++ {
		if m.steps[to] == nil {
			return errors.New(errors.Invalid, "error.migration.missing", "schema", to)
		}
	}
	for to := range m.steps {
		if to < 2 || to > schema {
			return errors.Wrap(fmt.Errorf("a migration to schema %d, but module.yaml says schema %d", to, schema), errors.Invalid, "")
		}
	}
	return nil
}

// Migrate brings one school's data to the schema of this version, step by step.
// A school without data has nothing to migrate. Unavailable when the data has
// a later schema.
func (r *Runtime) Migrate(ctx context.Context, in *wire.MigrateRequest) (*wire.MigrateResponse, error) {
	l, err := r.live()
	if err != nil {
		return nil, err
	}
	defer l.control.leave()
	want, school := r.setting.Schema, ids.SchoolID(in.GetSchool())
	out := &wire.MigrateResponse{From: int32(want), To: int32(want)}
	schools, err := l.engine.Spaces(ctx)
	if err != nil || !slices.Contains(schools, school) {
		return out, err
	}
	s, err := l.engine.Open(ctx, school)
	if err != nil {
		return nil, err
	}
	found := 0
	err = s.View(ctx, func(tx store.Tx) error { found, err = store.Schema(tx); return err })
	if err != nil || found == 0 {
		return out, err
	}
	out.From = int32(found)
	for to := found + 1; to <= want; to++ {
		if err := r.step(ctx, l, s, to); err != nil {
			return nil, err
		}
	}
	return out, store.Admit(ctx, s, want)
}

// step runs one step with the mark that it leads to.
func (r *Runtime) step(ctx context.Context, l *live, s store.Space, to int) error {
	m := &Migration{School: s.School(), To: to, Log: l.setting.Log.With("school", string(s.School()), "schema", to),
		Now: func() time.Time { return l.setting.Now().UTC() }}
	return s.Update(ctx, func(tx store.Tx) error {
		found, err := store.Schema(tx)
		if err != nil {
			return err
		}
		if found != to-1 { // somebody else is at it
			return errors.Wrap(fmt.Errorf("schema %d became %d", to-1, found), errors.Conflict, "")
		}
		m.Tx = tx
		if err := r.module.steps[to](ctx, m); err != nil {
			return err
		}
		return store.SetSchema(tx, to)
	})
}
