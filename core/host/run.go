package host

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/preau-ent/preau/sdk/errors"
)

const (
	runPrefix = "preau-" // of the sockets' folders
	runLock   = "lock"   // in each: held as long as its core lives
	maxRun    = 40       // bytes of its path: a Unix socket's has room for about a hundred
)

// makeRun makes the private folder of the sockets, in a short place, and
// removes those that cores left there which were killed.
func (h *Host) makeRun() error {
	if h.cfg.Run != "" {
		h.run = h.cfg.Run
		return os.MkdirAll(h.run, 0o700)
	}
	run, err := newRun(os.TempDir())
	if err != nil {
		if run, err = newRun("/tmp"); err != nil {
			return err
		}
	}
	if h.runLock, err = lockRun(run); err != nil {
		return errors.Join(err, os.RemoveAll(run))
	}
	h.run, h.ownRun = run, true
	return nil
}

// newRun sweeps the place and makes a folder in it.
func newRun(dir string) (string, error) {
	if len(filepath.Join(dir, runPrefix+"1234567890")) > maxRun {
		return "", errors.New(errors.Invalid, "host.longpath", "path", dir)
	}
	sweep(dir)
	return os.MkdirTemp(dir, runPrefix)
}

// dropRun removes the folder if makeRun made it.
func (h *Host) dropRun() error {
	if !h.ownRun {
		return nil
	}
	h.ownRun = false
	return errors.Join(os.RemoveAll(h.run), h.runLock.Close())
}

// lockRun says that the folder is in use until the file is closed, if only by
// the kernel. The lock is taken before it has its name: nobody finds it free.
func lockRun(run string) (*os.File, error) {
	f, err := os.CreateTemp(run, "")
	if err != nil {
		return nil, err
	}
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(run, runLock))
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// sweep removes the folders of this user whose core is dead: those whose lock
// nobody holds. What cannot be looked at or removed stays.
func sweep(dir string) {
	found, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, f := range found {
		if strings.HasPrefix(f.Name(), runPrefix) && f.IsDir() {
			sweepOne(filepath.Join(dir, f.Name()))
		}
	}
}

func sweepOne(run string) {
	info, err := os.Lstat(run)
	if err != nil {
		return
	}
	if s, ok := info.Sys().(*syscall.Stat_t); !ok || int(s.Uid) != os.Geteuid() {
		return
	}
	f, err := os.OpenFile(filepath.Join(run, runLock), os.O_RDWR|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	if err != nil {
		return // no core's, or its core begins just now
	}
	defer f.Close()
	if unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil {
		os.RemoveAll(run)
	}
}
