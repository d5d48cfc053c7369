package plugintest

import (
	"context"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/wire"
)

// Older begins the test with data of an earlier schema in every school's store,
// as a former version of the module left it: fill puts it there. The module
// refuses to work on it until [Harness.Migrate] has run.
func Older(schema int, fill func(tx store.Tx) error) Option {
	return func(c *config) { c.older, c.fill = schema, fill }
}

// age makes the stores that Older asks for.
func (c *config) age(t testing.TB, dir string) {
	t.Helper()
	if c.older == 0 {
		return
	}
	engine, err := bolt.Open(dir)
	for _, school := range c.schools {
		var s store.Space
		if err == nil {
			s, err = engine.Open(t.Context(), school.ID)
		}
		if err == nil {
			err = s.Update(t.Context(), func(tx store.Tx) error {
				if err := store.SetSchema(tx, c.older); err != nil || c.fill == nil {
					return err
				}
				return c.fill(tx)
			})
		}
	}
	if err == nil {
		err = engine.Close()
	}
	if err != nil {
		t.Fatalf("data of schema %d: %v", c.older, err)
	}
}

// Migrate brings every school's data to the schema of module.yaml, as the core
// does at an upgrade before it lets requests in, and returns the first error.
func (h *Harness) Migrate() error {
	h.t.Helper()
	for _, school := range h.core.schools {
		ctx, cancel := context.WithTimeout(context.Background(), within)
		out, err := h.module.Migrate(ctx, &wire.MigrateRequest{School: string(school.ID)})
		cancel()
		if err != nil {
			return errors.FromStatus(err)
		}
		if want := max(1, h.Manifest.Schema); int(out.GetTo()) != want {
			h.t.Errorf("%s was left at schema %d, module.yaml says %d", school.ID, out.GetTo(), want)
		}
	}
	return nil
}
