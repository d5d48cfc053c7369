package host

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// TestMeasureFilesInMemory: what a process keeps in a file in memory is held by
// it, also where it maps none of it; once, however often it has it open.
func TestMeasureFilesInMemory(t *testing.T) {
	const size, around = 128 << 20, 48 << 20 // what else happens to this process meanwhile
	fd, err := unix.MemfdCreate("test", unix.MFD_CLOEXEC)
	must(t, err)
	defer unix.Close(fd)
	again, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	must(t, err)
	defer unix.Close(again)
	must(t, unix.Fallocate(fd, 0, 0, size))
	without, err := measure(os.Getpid(), false)
	must(t, err)
	with, err := measure(os.Getpid(), true)
	must(t, err)
	if more := int64(with.held) - int64(without.held); more < size-around || more > size+around || with.rss < with.held {
		t.Errorf("%d MiB more are held with a file of %d MiB; resident %d", more>>20, size>>20, with.rss>>20)
	}
}
