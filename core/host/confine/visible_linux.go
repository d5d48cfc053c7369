package confine

import (
	"os"
	"path/filepath"
	"slices"

	"github.com/preau-ent/preau/core/host/confine/inside"
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/sdk/manifest"
)

// devices that are no window on the machine.
var devices = []string{"/dev/null", "/dev/zero", "/dev/urandom"}

// system is what programs of the machine need: to be read and executed.
var system = []string{"/usr", "/bin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/ld.so.cache"}

// visible lists what the module's root holds: its folder to read, its data and
// its sockets to write, and what its runtime needs.
func visible(l process.Launch) (mounts []inside.Mount, links []inside.Link) {
	for _, d := range devices {
		mounts = append(mounts, inside.Mount{Path: d, Device: true})
	}
	if l.Runtime == manifest.RuntimeSystem {
		for _, name := range system {
			info, err := os.Lstat(name)
			switch {
			case err != nil: // not every machine has all of them
			case info.Mode()&os.ModeSymlink != 0:
				if target, err := os.Readlink(name); err == nil {
					links = append(links, inside.Link{Path: name, Target: target})
				}
			default:
				mounts = append(mounts, inside.Mount{Path: name, Exec: info.IsDir(), File: !info.IsDir()})
			}
		}
	}
	own := []inside.Mount{{Path: l.Folder}, {Path: l.Data, Write: true}, {Path: l.Run, Write: true, Socket: true}}
	slices.SortStableFunc(own, func(a, b inside.Mount) int { // a folder before what is in it
		return len(filepath.Clean(a.Path)) - len(filepath.Clean(b.Path))
	})
	return append(mounts, own...), links
}
