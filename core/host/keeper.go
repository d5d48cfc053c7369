package host

import (
	"context"
	"log/slog"
	"maps"
	"sync"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// keepAgain is the pause after a write that failed.
const keepAgain = 10 * time.Second

// keeper knows which modules were put aside. It reads that once, when the host
// is made: a host that cannot is not made, while a record that is damaged keeps
// only its own module from being started. From then on whoever asks it or tells
// it something waits for no disk; what it was told is written beside them, again
// and again until it is.
type keeper struct {
	engine store.Engine
	log    *slog.Logger
	within time.Duration // for a write: nobody waits for it any longer
	again  time.Duration // after one that failed
	news   chan struct{} // has one when it was told something
	pen    chan struct{} // has one while somebody writes

	mu    sync.Mutex
	known map[ids.ModuleID]*aside
	fresh map[ids.ModuleID]*aside // not written yet; nil: to be forgotten
}

func newKeeper(ctx context.Context, engine store.Engine, within time.Duration, log *slog.Logger) (*keeper, error) {
	k := &keeper{engine: engine, log: log, within: within, again: keepAgain,
		news: make(chan struct{}, 1), pen: make(chan struct{}, 1), known: map[ids.ModuleID]*aside{}, fresh: map[ids.ModuleID]*aside{}}
	return k, readMarks(ctx, engine, store.Global, asides, func(id ids.ModuleID, found *kept, damage error) {
		var a *aside
		if damage == nil {
			a, damage = found.aside()
		}
		if damage != nil {
			a = lost(id, damage)
		}
		k.known[id] = a
	})
}

// damaged lists the quarantines that cannot be read.
func (k *keeper) damaged() (out []Damage) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for id, a := range k.known {
		if a.Why.Damage != nil {
			out = append(out, Damage{Module: id, Record: RecordQuarantine, Err: a.Why.Damage})
		}
	}
	return out
}

// of returns what is kept of a module; nil: it was not put aside.
func (k *keeper) of(id ids.ModuleID) *aside {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.known[id]
}

// put keeps that a module was put aside.
func (k *keeper) put(a *aside) {
	k.mu.Lock()
	k.known[a.ID], k.fresh[a.ID] = a, a
	k.mu.Unlock()
	k.tell()
}

// forget forgets that it was; one that was not is no error.
func (k *keeper) forget(id ids.ModuleID) {
	k.mu.Lock()
	_, was := k.known[id]
	if was {
		delete(k.known, id)
		k.fresh[id] = nil
	}
	k.mu.Unlock()
	if was {
		k.tell()
	}
}

func (k *keeper) tell() {
	select {
	case k.news <- struct{}{}:
	default: // it will look anyway
	}
}

// run writes what there is to write, until ctx ends.
func (k *keeper) run(ctx context.Context) {
	for {
		next := k.news
		var pause <-chan time.Time
		if err := k.save(ctx); err != nil && ctx.Err() == nil {
			k.log.Error("quarantine not kept yet", "err", err)
			next, pause = nil, time.After(k.again)
		}
		select {
		case <-ctx.Done():
			return
		case <-next:
		case <-pause:
		}
	}
}

// save writes what is not written yet, and returns when it is, or ctx or the
// time for it ends, whatever the disk does.
func (k *keeper) save(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, k.within)
	defer cancel()
	select {
	case k.pen <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	done := make(chan error, 1)
	go func() {
		err := k.write(ctx)
		<-k.pen
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (k *keeper) write(ctx context.Context) error {
	k.mu.Lock()
	todo := maps.Clone(k.fresh)
	k.mu.Unlock()
	if len(todo) == 0 {
		return nil
	}
	space, err := k.engine.Open(ctx, store.Global)
	if err != nil {
		return err
	}
	err = space.Update(ctx, func(tx store.Tx) error {
		for id, a := range todo {
			if err := keep(tx, id, a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for id, a := range todo {
		if now, still := k.fresh[id]; still && now == a {
			delete(k.fresh, id)
		}
	}
	return nil
}

func keep(tx store.Tx, id ids.ModuleID, a *aside) error {
	if a != nil {
		r, err := keptOf(a)
		if err != nil {
			return err
		}
		return asides.Put(tx, r)
	}
	if err := asides.Delete(tx, string(id)); errors.KindOf(err) != errors.NotFound {
		return err
	}
	return nil
}
