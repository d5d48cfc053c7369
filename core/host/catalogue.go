package host

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"

	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Refusal says why a module was left out of the catalogue.
type Refusal struct {
	Module ids.ModuleID // empty: not known
	Folder string
	Err    error
}

// catalogue is the modules there are. It never changes: a module that comes or
// goes makes a new one, so that whoever looks waits for nobody.
type catalogue struct {
	modules map[ids.ModuleID]*entry
	workers map[ids.ModuleID]*worker // one for each module
	order   []ids.ModuleID
	refused []Refusal
}

// entry is one version of one module.
type entry struct {
	manifest *manifest.Manifest
	source   Source
	folder   string // absolute: module.yaml, locales/, the executable
	binary   *seal.Executable
	start    ids.Permission
	granted  atomic.Pointer[[]manifest.Capability] // nil: all that the manifest asks
}

// readCatalogue looks into every folder of dirs without starting anything. A
// folder of modules that is missing is an error; a bad module is only refused.
func readCatalogue(h *Host, dirs []string) (*catalogue, error) {
	c := &catalogue{modules: map[ids.ModuleID]*entry{}, workers: map[ids.ModuleID]*worker{}}
	for _, dir := range dirs {
		dir, err := filepath.Abs(dir)
		if err != nil {
			return nil, errors.Internal(err)
		}
		folders, err := os.ReadDir(dir)
		if err != nil {
			return nil, errors.Wrap(err, errors.Invalid, "host.nodir", "dir", dir)
		}
		for _, f := range folders {
			folder := filepath.Join(dir, f.Name())
			if info, err := os.Stat(folder); err != nil || !info.IsDir() || f.Name()[0] == '.' {
				continue
			}
			e, err := readModule(Source{Folder: folder, Tier: manifest.TierFirstParty})
			if err == nil && c.modules[e.manifest.ID] != nil {
				err = fmt.Errorf("module %s is in %s already", e.manifest.ID, c.modules[e.manifest.ID].folder)
			}
			if err != nil {
				c.refused = append(c.refused, Refusal{Folder: folder, Err: err})
				continue
			}
			c = c.with(e, newWorker(h, e))
		}
	}
	return c, nil
}

// with returns the catalogue in which this entry is the module's, run by w.
func (c *catalogue) with(e *entry, w *worker) *catalogue {
	next := *c
	next.modules, next.workers = maps.Clone(c.modules), maps.Clone(c.workers)
	next.modules[e.manifest.ID], next.workers[e.manifest.ID] = e, w
	next.order = slices.Sorted(maps.Keys(next.modules))
	return next.accepting(e.manifest.ID)
}

// without returns the catalogue in which there is no such module.
func (c *catalogue) without(id ids.ModuleID) *catalogue {
	next := *c
	next.modules, next.workers = maps.Clone(c.modules), maps.Clone(c.workers)
	delete(next.modules, id)
	delete(next.workers, id)
	next.order = slices.Sorted(maps.Keys(next.modules))
	return &next
}

// refusing returns the catalogue that names one refusal more.
func (c *catalogue) refusing(r Refusal) *catalogue {
	next := *c
	next.refused = append(slices.Clip(c.refused), r)
	return &next
}

// accepting returns the catalogue that no longer names a refusal of this module.
func (c *catalogue) accepting(id ids.ModuleID) *catalogue {
	next := *c
	next.refused = slices.DeleteFunc(slices.Clone(c.refused), func(r Refusal) bool { return r.Module == id })
	return &next
}

func readModule(s Source) (*entry, error) {
	m, err := manifest.Open(s.Folder)
	if err != nil {
		return nil, err
	}
	if string(m.ID) != filepath.Base(s.Folder) {
		return nil, fmt.Errorf("the folder is called %s, its module %s", filepath.Base(s.Folder), m.ID)
	}
	name := filepath.Join(s.Folder, string(m.ID))
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular() || info.Mode()&0o111 == 0:
		return nil, fmt.Errorf("%s is no executable file", name)
	}
	binary := seal.Vouched(name, s.Executable)
	if (s.Executable == seal.Content{}) {
		if s.Package != "" {
			return nil, fmt.Errorf("package %s does not say what %s is to be", s.Package, name)
		}
		if binary, err = seal.AsItIs(name); err != nil {
			return nil, err
		}
	}
	e := &entry{manifest: m, source: s, folder: s.Folder, binary: binary, start: m.StartPermission()}
	if s.Package != "" {
		e.grant(s.Granted)
	}
	return e, nil
}

// known is the catalogue as it is now. Whoever asks twice may get two answers.
func (h *Host) known() *catalogue { return h.catalogue.Load() }

// change puts a catalogue in the place of the one there is; not twice at once.
func (h *Host) change(next func(c *catalogue) (*catalogue, error)) error {
	h.shelving.Lock()
	defer h.shelving.Unlock()
	c, err := next(h.known())
	if err == nil {
		h.catalogue.Store(c)
	}
	return err
}

// Manifest returns the manifest of a module; NotFound.
func (h *Host) Manifest(id ids.ModuleID) (*manifest.Manifest, error) {
	e, err := h.entry(id)
	if err != nil {
		return nil, err
	}
	return e.manifest, nil
}

// Manifests returns every manifest of the catalogue, by id.
func (h *Host) Manifests() []*manifest.Manifest {
	c := h.known()
	out := make([]*manifest.Manifest, 0, len(c.order))
	for _, id := range c.order {
		out = append(out, c.modules[id].manifest)
	}
	return out
}

// Folder returns the folder of a module, where locales/ is; NotFound.
func (h *Host) Folder(id ids.ModuleID) (string, error) {
	e, err := h.entry(id)
	if err != nil {
		return "", err
	}
	return e.folder, nil
}

// Refused lists the folders that are no valid module, with the reason.
func (h *Host) Refused() []Refusal { return h.known().refused }

// Refuse adds a module that was left out before it came to the catalogue.
func (h *Host) Refuse(r Refusal) {
	_ = h.change(func(c *catalogue) (*catalogue, error) { return c.refusing(r), nil }) // cannot fail
}

func (h *Host) entry(id ids.ModuleID) (*entry, error) {
	if e := h.known().modules[id]; e != nil {
		return e, nil
	}
	return nil, errors.New(errors.NotFound, "host.nomodule", "module", string(id))
}

// worker returns who runs the module, nil when it is not in the catalogue.
func (h *Host) worker(id ids.ModuleID) *worker { return h.known().workers[id] }
