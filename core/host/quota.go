package host

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/preau-ent/preau/core/host/confine"
	"github.com/preau-ent/preau/sdk/manifest"
)

// mostFiles is how many files and folders a module may keep.
const mostFiles = 100_000

// disk is the host's own account of what a module keeps in its folder.
type disk struct {
	full atomic.Bool // the quota is used up
	next time.Time   // of the next look at it
}

// holding is what a folder takes.
type holding struct {
	bytes int64 // allocated on the disk
	files int   // of any kind
}

// over reports whether the holding has reached this many hundredths of what may
// be held.
func (h holding) over(most holding, hundredths int64) bool {
	return h.bytes >= most.bytes/100*hundredths || int64(h.files) >= int64(most.files)/100*hundredths
}

// look measures the folder, and says whether the module may add to it. From a
// fifth over its quota on, the module does not heed that, which is an error.
// Looking takes at most a twentieth of the time.
func (d *disk) look(folder string, most holding) error {
	if time.Now().Before(d.next) {
		return nil
	}
	began := time.Now()
	held, err := weigh(folder, most)
	d.next = began.Add(20 * time.Since(began))
	if err != nil {
		return nil // the folder is the module's to empty
	}
	d.full.Store(held.over(most, 100))
	if held.over(most, 120) {
		return fmt.Errorf("kept %d MiB in %d files, may keep %d MiB in %d: killed", held.bytes>>20, held.files, most.bytes>>20, most.files)
	}
	return nil
}

// quota is what the module may keep.
func quota(q manifest.Quotas) holding {
	if q.Disk > 0 {
		return holding{int64(q.Disk), mostFiles}
	}
	return holding{confine.DefaultDisk, mostFiles}
}

// errEnough ends the weighing of what is far too much already.
var errEnough = errors.New("enough")

// weigh adds up a folder without following a link out of it. What is linked
// twice counts twice; what goes away meanwhile does not count.
func weigh(folder string, most holding) (sum holding, err error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return sum, err
	}
	defer root.Close()
	err = fs.WalkDir(root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		info, err := e.Info()
		if err != nil {
			return nil
		}
		sum.files++
		if st, ok := info.Sys().(*syscall.Stat_t); ok {
			sum.bytes += int64(st.Blocks) * 512
		}
		if sum.over(most, 121) {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return sum, err
}
