package upgrade

import (
	"context"
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Attempt is an upgrade under way, as the journal keeps it: one that is found
// when the host starts was broken off, and is undone first.
type Attempt struct {
	ID       ids.ModuleID `json:"id"`
	From     string       `json:"from"` // versions
	To       string       `json:"to"`
	Backup   string       `json:"backup,omitempty"` // folder of the copies, once they are complete
	At       time.Time    `json:"at"`
	Previous string       `json:"previous,omitempty"` // folder that ran before, for whoever reads the journal
}

// Known is what the host knows of a module's data and its last change of
// version.
type Known struct {
	ID     ids.ModuleID `json:"id"`
	Schema int          `json:"schema"` // of every school's data
	Last   *Outcome     `json:"last,omitempty"`
}

// Outcome is how an attempt ended.
type Outcome struct {
	From   string    `json:"from"`
	To     string    `json:"to"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason,omitempty"` // why it was undone; empty: it was not
}

var (
	attempts = store.NewCollection[Attempt]("host.upgrades")
	modules  = store.NewCollection[Known]("host.versions")
)

// Journal keeps attempts and what came of them in the core's store.
type Journal struct{ Engine store.Engine }

func (j Journal) update(ctx context.Context, fn func(store.Tx) error) error {
	space, err := j.Engine.Open(ctx, store.Global)
	if err != nil {
		return err
	}
	return space.Update(ctx, fn)
}

// Begin notes an attempt, or that its copies are complete.
func (j Journal) Begin(ctx context.Context, a Attempt) error {
	return j.update(ctx, func(tx store.Tx) error { return attempts.Put(tx, &a) })
}

// End forgets the attempt and keeps what came of it, in one transaction with
// what also does; that may be nil. A schema of 0 leaves the one that is known.
func (j Journal) End(ctx context.Context, id ids.ModuleID, schema int, last *Outcome, also func(store.Tx) error) error {
	return j.update(ctx, func(tx store.Tx) error {
		if err := attempts.Delete(tx, string(id)); err != nil && errors.KindOf(err) != errors.NotFound {
			return err
		}
		k, err := modules.Get(tx, string(id))
		if errors.KindOf(err) == errors.NotFound {
			k, err = &Known{ID: id}, nil
		}
		if err != nil {
			return err
		}
		if schema != 0 {
			k.Schema = schema
		}
		if last != nil {
			k.Last = last
		}
		if err := modules.Put(tx, k); err != nil || also == nil {
			return err
		}
		return also(tx)
	})
}

// Forget forgets what is known of a module, whose data is gone.
func (j Journal) Forget(ctx context.Context, id ids.ModuleID) error {
	return j.update(ctx, func(tx store.Tx) error {
		err := modules.Delete(tx, string(id))
		if errors.KindOf(err) == errors.NotFound {
			return nil
		}
		return err
	})
}

// Broken lists the attempts that were never ended.
func (j Journal) Broken(ctx context.Context) (list []Attempt, err error) {
	space, err := j.Engine.Open(ctx, store.Global)
	if err != nil {
		return nil, err
	}
	return list, space.View(ctx, func(tx store.Tx) error {
		for a, err := range attempts.Range(tx, "") {
			if err != nil {
				return err
			}
			list = append(list, *a)
		}
		return nil
	})
}

// Attempt returns the module's attempt that was never ended; nil: there is none.
func (j Journal) Attempt(ctx context.Context, id ids.ModuleID) (*Attempt, error) {
	list, err := j.Broken(ctx)
	if i := slices.IndexFunc(list, func(a Attempt) bool { return a.ID == id }); err == nil && i >= 0 {
		return &list[i], nil
	}
	return nil, err
}

// Known returns what is known of a module; its zero value when nothing is.
func (j Journal) Known(ctx context.Context, id ids.ModuleID) (Known, error) {
	space, err := j.Engine.Open(ctx, store.Global)
	if err != nil {
		return Known{}, err
	}
	out := Known{ID: id}
	err = space.View(ctx, func(tx store.Tx) error {
		k, err := modules.Get(tx, string(id))
		if err == nil {
			out = *k
		}
		if errors.KindOf(err) == errors.NotFound {
			err = nil
		}
		return err
	})
	return out, err
}
