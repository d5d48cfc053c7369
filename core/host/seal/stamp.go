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

// coarse is more than the time between two ticks of any file system's clock: two
// changes within one may have the same stamp.
const coarse = time.Second

// settled reports whether a change from now on would show.
func (s Stamp) settled(now time.Time) bool {
	return now.Sub(time.Unix(0, s.Changed)) > coarse
}
