package confine

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"

	"github.com/preau-ent/preau/core/host/process"
)

// GroupsForTest counts the groups that a process would join here.
func GroupsForTest() int {
	doors, leave := group(process.Launch{Run: "/count"})
	for _, d := range doors {
		d.Close()
	}
	leave()
	return len(doors)
}

// LeftForTest lists the groups of this program that are still there.
func LeftForTest() (out []string) {
	for _, h := range hierarchies() {
		left, _ := filepath.Glob(filepath.Join(h.folder, groupName+strconv.Itoa(os.Getpid())+"-*"))
		out = append(out, left...)
	}
	return out
}

// DynamicForTest reports whether this program cannot start without libraries.
func DynamicForTest() bool { return checkStatic("/proc/self/exe") != nil }

// SmallForTest has a launcher execute this program, whatever its version.
func SmallForTest(l *Launcher, program string) (err error) {
	l.small, err = os.Open(program)
	return err
}

// HasSmallForTest reports whether the one beside program would be executed for
// who was built like own.
func HasSmallForTest(program string, own *debug.BuildInfo) bool {
	f := small(program, own)
	if f != nil {
		f.Close()
	}
	return f != nil
}

// SameVersionForTest is what decides about it.
var SameVersionForTest = sameVersion
