package control

import (
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"github.com/preau-ent/preau/sdk/errors"
)

// Lock is the right to be alone with a data folder. It ends with the process
// at the latest, whatever ends that.
type Lock struct{ file *os.File }

// TryLock takes the lock of a data folder, which must exist. Conflict when
// another process has it.
func TryLock(data string) (*Lock, error) {
	path := filepath.Join(data, "preau.lock")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "control.folder", "folder", data)
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		return nil, errors.Wrap(err, errors.Conflict, "control.locked", "folder", data)
	}
	// For people who look into the folder; the lock itself is the kernel's.
	if err := f.Truncate(0); err == nil {
		fmt.Fprintf(f, "%d\n", os.Getpid())
	}
	return &Lock{file: f}, nil
}

// Release lets go of the folder.
func (l *Lock) Release() error { return l.file.Close() }
