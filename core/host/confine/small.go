package confine

import (
	"debug/buildinfo"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/preau-ent/preau/core/host/confine/inside"
)

// Small is the name of the launcher as a program of its own. It starts in half
// the time of one that links all of the core, twice for each module.
const Small = inside.Name

// small opens the one beside program; nil when there is none of the same version.
// What is open is what will be executed, whoever replaces both on the disk for
// the next start of the core.
func small(program string, own *debug.BuildInfo) *os.File {
	f, err := os.Open(filepath.Join(filepath.Dir(program), Small))
	if err != nil {
		return nil
	}
	its, err := buildinfo.Read(f)
	if err != nil || !sameVersion(own, its) {
		f.Close()
		return nil
	}
	return f
}

// sameVersion reports whether the two programs mean the same by a plan, and build
// the same walls. What was not committed has no version that would tell.
func sameVersion(a, b *debug.BuildInfo) bool {
	if a == nil || a.Main != b.Main || a.GoVersion != b.GoVersion {
		return false
	}
	v := a.Main.Version
	return v != "" && v != "(devel)" && !strings.HasSuffix(v, "+dirty")
}
