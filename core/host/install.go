package host

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/pack"
)

// Source says where one version of a module lies and what was decided about it.
type Source struct {
	Folder  string                // …/<id>, holding module.yaml, locales/ and the executable <id>
	Tier    manifest.Tier         // how far its process is to be confined
	Package string                // digest of the package it came in; empty: bundled with the core
	Key     pack.Fingerprint      // for which that package is trusted; empty: bundled
	Granted []manifest.Capability // of a package; what is bundled has all that its manifest asks
	// Executable is what the executable must be at each start. What is bundled may
	// leave it zero: what it is when the catalogue is made.
	Executable seal.Content
}

// Install takes a module into the catalogue while the host runs; its process
// starts when a school enabled it already. Conflict when the id is taken.
// Whoever installs has verified the folder.
func (h *Host) Install(s Source) error {
	e, err := readModule(s)
	if err != nil {
		return errors.Wrap(err, errors.Invalid, "host.badmodule", "folder", s.Folder)
	}
	id := e.manifest.ID
	err = h.change(func(c *catalogue) (*catalogue, error) {
		if c.modules[id] != nil {
			return nil, errors.New(errors.Conflict, "host.installed", "module", string(id))
		}
		return c.with(e, newWorker(h, e)), nil
	})
	if err == nil {
		h.staff(id)
	}
	return err
}

// Remove takes a module out of the catalogue: from then on none of its
// addresses exists. What is under way may end until ctx does; nothing of the
// process is left when Remove returns. Data and schools' choices stay.
func (h *Host) Remove(ctx context.Context, id ids.ModuleID) error {
	var w *worker
	err := h.change(func(c *catalogue) (*catalogue, error) {
		w = c.workers[id]
		return c.without(id).accepting(id), nil
	})
	if err != nil {
		return err
	}
	defer func() { // whatever its process does until its end
		h.keeper.forget(id)
		h.save(ctx)
	}()
	if w == nil {
		return errors.New(errors.NotFound, "host.nomodule", "module", string(id))
	}
	gone := make(chan struct{})
	h.mu.Lock() // after this nobody hires it: see staff
	h.leaving.Go(func() {
		defer close(gone)
		w.mu.Lock()
		defer w.mu.Unlock()
		w.dismiss(ctx)
	})
	h.mu.Unlock()
	<-gone
	return nil
}

// Source says where a module of the catalogue lies; NotFound.
func (h *Host) Source(id ids.ModuleID) (Source, error) {
	e, err := h.entry(id)
	if err != nil {
		return Source{}, err
	}
	s := e.source
	s.Granted = e.grants()
	return s, nil
}

// Grant says anew what a packaged module may ask of the core, in force at once;
// NotFound, Invalid for a bundled one.
func (h *Host) Grant(id ids.ModuleID, granted []manifest.Capability) error {
	e, err := h.entry(id)
	if err != nil {
		return err
	}
	if e.source.Package == "" {
		return errors.New(errors.Invalid, "host.bundled", "module", string(id))
	}
	e.grant(granted)
	return nil
}

// May reports whether a module's manifest asks for the capability and the
// operator granted it.
func (h *Host) May(id ids.ModuleID, c manifest.Capability) bool {
	e := h.known().modules[id]
	return e != nil && e.may(c)
}

func (e *entry) grant(granted []manifest.Capability) {
	list := slices.Clone(granted)
	e.granted.Store(&list)
}

// may is asked with every call of a service: two short lists.
func (e *entry) may(c manifest.Capability) bool {
	if !e.manifest.May(c) {
		return false
	}
	granted := e.granted.Load()
	return granted == nil || slices.Contains(*granted, c)
}

// grants lists what the module asks for and has.
func (e *entry) grants() []manifest.Capability {
	out := []manifest.Capability{}
	for _, c := range e.manifest.Capabilities {
		if e.may(c) {
			out = append(out, c)
		}
	}
	return out
}
