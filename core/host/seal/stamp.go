package seal

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Stamp tells one state of a file from all its later ones, and from all other
// files: who writes to it, replaces it or sets its times cannot choose the time
// of change that the kernel notes. The zero Stamp is of no file.
type Stamp struct {
	Device, Inode     uint64
	Size              int64 // bytes
	Modified, Changed int64 // nanoseconds since 1970
}

// StampOf returns the stamp of an open file.
func StampOf(f *os.File) (Stamp, error) {
	var s unix.Stat_t
	if err := unix.Fstat(int(f.Fd()), &s); err != nil {
		return Stamp{}, os.NewSyscallError("fstat", err)
	}
	return Stamp{Device: uint64(s.Dev), Inode: s.Ino, Size: s.Size, Modified: s.Mtim.Nano(), Changed: s.Ctim.Nano()}, nil
}

// tick is more than the time between two ticks of the file system's clock: two
// changes within one may have the same stamp. Kernels count some milliseconds,
// but a time of change without a fraction may be of a file system that counts
// seconds.
func (s Stamp) tick() time.Duration {
	if s.Changed%int64(time.Second) == 0 {
		return time.Second
	}
	return 100 * time.Millisecond
}

// settled reports whether a change since then would show.
func (s Stamp) settled(since time.Time) bool {
	return since.Sub(time.Unix(0, s.Changed)) > s.tick()
}
