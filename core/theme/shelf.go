package theme

import (
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"sync"

	"github.com/preau-ent/preau/sdk/errors"
)

// shelf holds the packs: those of the program, and those installed.
type shelf struct {
	own       map[string]*Pack
	installed []fs.FS

	mu    sync.RWMutex
	all   map[string]*Pack
	stamp string // of the installed ones when they were read
}

func newShelf(folders []fs.FS) (*shelf, error) {
	s := &shelf{own: map[string]*Pack{}, installed: folders[1:]}
	entries, err := fs.ReadDir(folders[0], ".")
	if err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "theme.pack", "pack", ".")
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		p, err := readNamed(folders[0], e.Name())
		if err != nil {
			return nil, errors.Wrap(err, errors.Invalid, "theme.pack", "pack", e.Name())
		}
		s.own[p.ID] = p
	}
	if s.own[Default] == nil {
		return nil, errors.New(errors.Invalid, "theme.pack", "pack", Default)
	}
	s.all = s.own
	s.refresh()
	return s, nil
}

// readNamed reads a pack whose folder has its name.
func readNamed(folder fs.FS, name string) (*Pack, error) {
	sub, err := fs.Sub(folder, name)
	if err != nil {
		return nil, errors.Internal(err)
	}
	p, err := ReadPack(sub)
	if err == nil && p.ID != name {
		err = errors.New(errors.Invalid, "theme.id", "id", p.ID)
	}
	return p, err
}

func (s *shelf) list() map[string]*Pack {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.all
}

// refresh reads the installed packs again when something changed, and reports
// whether it did. A pack cannot take the place of one of the program.
func (s *shelf) refresh() bool {
	stamp := s.look()
	s.mu.Lock()
	defer s.mu.Unlock()
	if stamp == s.stamp {
		return false
	}
	all := maps.Clone(s.own)
	for _, folder := range s.installed {
		entries, _ := fs.ReadDir(folder, ".") // none: nothing is installed
		for _, e := range entries {
			if !e.IsDir() || s.own[e.Name()] != nil || strings.HasPrefix(e.Name(), ".") {
				continue
			}
			if p, err := readNamed(folder, e.Name()); err == nil {
				p.Origin = e.Name()
				all[p.ID] = p
			}
		}
	}
	s.all, s.stamp = all, stamp
	return true
}

// look notes which packs are installed and when they came.
func (s *shelf) look() string {
	var b strings.Builder
	for _, folder := range s.installed {
		entries, _ := fs.ReadDir(folder, ".")
		for _, e := range entries {
			if info, err := fs.Stat(folder, e.Name()+"/"+packFile); err == nil {
				fmt.Fprintln(&b, e.Name(), info.ModTime().UnixNano(), info.Size())
			}
		}
	}
	return b.String()
}
