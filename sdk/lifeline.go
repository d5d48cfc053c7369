package sdk

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"

	"github.com/preau-ent/preau/sdk/wire"
)

// lifeline opens the pipe that the core holds: anything else on the descriptor
// means that whoever started the process could leave it behind.
func lifeline() (*os.File, error) {
	var st unix.Stat_t
	if err := unix.Fstat(wire.LifelineFD, &st); err != nil {
		return nil, fmt.Errorf("no lifeline on descriptor %d: %w", wire.LifelineFD, err)
	}
	if kind := st.Mode & unix.S_IFMT; kind != unix.S_IFIFO && kind != unix.S_IFSOCK {
		return nil, fmt.Errorf("no lifeline: descriptor %d is no pipe", wire.LifelineFD)
	}
	unix.CloseOnExec(wire.LifelineFD)
	return os.NewFile(wire.LifelineFD, "lifeline"), nil
}

// watch ends the process at once when the core let go of it: with 0 after a
// Drain, with 1 when the core is gone. Nothing is drained then: what a store
// acknowledged is on the disk, and nobody waits for the rest.
func watch(r io.Reader, drained func() bool, exit func(code int)) {
	_, _ = io.Copy(io.Discard, r)
	if drained() {
		exit(0)
	}
	exit(1)
}
