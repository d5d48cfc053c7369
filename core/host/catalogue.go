package host

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Refusal says why a folder was left out of the catalogue.
type Refusal struct {
	Folder string
	Err    error
}

// catalogue is what the module folders hold; it never changes once read.
type catalogue struct {
	modules map[ids.ModuleID]*entry
	order   []ids.ModuleID
	refused []Refusal
}

type entry struct {
	manifest *manifest.Manifest
	folder   string // absolute
	start    ids.Permission
}

// readCatalogue looks into every folder of dirs without starting anything. A
// folder of modules that is missing is an error; a bad module is only refused.
func readCatalogue(dirs []string) (*catalogue, error) {
	c := &catalogue{modules: map[ids.ModuleID]*entry{}}
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
			e, err := readModule(folder)
			if err == nil && c.modules[e.manifest.ID] != nil {
				err = fmt.Errorf("module %s is in %s already", e.manifest.ID, c.modules[e.manifest.ID].folder)
			}
			if err != nil {
				c.refused = append(c.refused, Refusal{Folder: folder, Err: err})
				continue
			}
			c.modules[e.manifest.ID] = e
			c.order = append(c.order, e.manifest.ID)
		}
	}
	slices.Sort(c.order)
	return c, nil
}

func readModule(folder string) (*entry, error) {
	m, err := manifest.Open(folder)
	if err != nil {
		return nil, err
	}
	if string(m.ID) != filepath.Base(folder) {
		return nil, fmt.Errorf("the folder is called %s, its module %s", filepath.Base(folder), m.ID)
	}
	binary, err := os.Stat(filepath.Join(folder, string(m.ID)))
	switch {
	case err != nil:
		return nil, err
	case !binary.Mode().IsRegular() || binary.Mode()&0o111 == 0:
		return nil, fmt.Errorf("%s is no executable file", filepath.Join(folder, string(m.ID)))
	}
	return &entry{manifest: m, folder: folder, start: m.StartPermission()}, nil
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
	out := make([]*manifest.Manifest, 0, len(h.catalogue.order))
	for _, id := range h.catalogue.order {
		out = append(out, h.catalogue.modules[id].manifest)
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
func (h *Host) Refused() []Refusal { return h.catalogue.refused }

func (h *Host) entry(id ids.ModuleID) (*entry, error) {
	if e := h.catalogue.modules[id]; e != nil {
		return e, nil
	}
	return nil, errors.New(errors.NotFound, "host.nomodule", "module", string(id))
}
