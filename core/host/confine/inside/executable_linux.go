package inside

import (
	"errors"
	"os"
	"path"

	"golang.org/x/sys/unix"

	"github.com/preau-ent/preau/core/host/seal"
)

// executed is the path by which the module is executed; its last part is how
// lists of processes call it.
var executed string

// grasp opens the executable, wants it to be the one that the core checked, and
// has the open one executed, whatever is in its place by then. The interpreter
// of a script can open it by its name only, a moment later.
func grasp(p *Plan) error {
	f, err := os.OpenFile(p.Binary, os.O_RDONLY|unix.O_NONBLOCK, 0)
	if err != nil {
		return err
	}
	stamp, err := seal.StampOf(f)
	if err != nil {
		return err
	}
	want := p.Stamp
	if p.Kernel != "" { // which numbers devices and files anew
		want.Device, want.Inode = stamp.Device, stamp.Inode
	}
	if stamp != want {
		return errors.New("not the one that was checked")
	}
	var head [2]byte
	if _, err := f.ReadAt(head[:], 0); err != nil {
		return err
	}
	if string(head[:]) == "#!" {
		executed = p.Binary
		return nil
	}
	executed = Named(p.Binary).Path
	return unix.Dup3(int(f.Fd()), ExecFD, unix.O_CLOEXEC)
}

// Named is the link of the new root by which the open executable is executed.
func Named(binary string) Link {
	return Link{Path: path.Join("/executable", path.Base(binary)), Target: openExecutable}
}
