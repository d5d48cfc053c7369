package host

import (
	"context"
	"os"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Erase removes all that a module has kept: its data, its files, the personal
// links into it and what schools decided about it. Conflict while the module is
// in the catalogue.
func (h *Host) Erase(ctx context.Context, id ids.ModuleID) error {
	if h.worker(id) != nil {
		return errors.New(errors.Conflict, "host.installed", "module", string(id))
	}
	h.turning.Lock()
	defer h.turning.Unlock()
	schools, err := h.cfg.Engine.Spaces(ctx)
	if err != nil {
		return err
	}
	next := switches{}
	for school, of := range *h.switches.Load() {
		next[school] = of
	}
	for _, school := range schools {
		if school == store.Global {
			continue
		}
		if err := h.eraseIn(ctx, school, id); err != nil {
			return err
		}
		next.set(school, id, false)
	}
	h.switches.Store(&next)
	if err := h.journal().Forget(ctx, id); err != nil {
		return err
	}
	// A module may have planted links: only what lies in the folder goes.
	root, err := os.OpenRoot(h.cfg.Data)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return errors.Wrap(err, errors.Unavailable, "host.nofolder")
	}
	defer root.Close()
	if err := root.RemoveAll(string(id)); err != nil {
		return errors.Wrap(err, errors.Unavailable, "host.nofolder")
	}
	return nil
}

func (h *Host) eraseIn(ctx context.Context, school ids.SchoolID, id ids.ModuleID) error {
	if err := h.cfg.Files.EraseModule(ctx, school, id); err != nil {
		return err
	}
	if err := h.links.EraseModule(ctx, school, id); err != nil {
		return err
	}
	space, err := h.cfg.Engine.Open(ctx, school)
	if err != nil {
		return err
	}
	err = space.Update(ctx, func(tx store.Tx) error {
		err := choices.Delete(tx, string(id))
		if errors.KindOf(err) == errors.NotFound {
			return nil
		}
		return err
	})
	if err == nil {
		h.illegible.Delete(decision{school, id})
	}
	return err
}

// Stir has every school that switched a module on look anew at what it offers,
// after it came or went.
func (h *Host) Stir(ctx context.Context, id ids.ModuleID) error {
	event := EventEnabled
	if h.worker(id) == nil {
		event = EventDisabled
	}
	for _, school := range h.Schools(id) {
		if err := h.announce(ctx, Change{School: school, Module: id}, event); err != nil {
			return err
		}
	}
	return nil
}
