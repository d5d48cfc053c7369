package bolt

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

const (
	lockWait  = 3 * time.Second // for a process that is just ending
	mapSize   = 1 << 30         // address space, see the package comment
	growth    = 1 << 20         // bytes by which a file grows, a sync each time
	newPrefix = ".new-"         // files that are being made
)

var (
	dataBucket   = []byte("data")
	outboxBucket = []byte("outbox")
)

// openFile opens the file of this name, making it when it is missing.
func (e *Engine) openFile(name string) (*bbolt.DB, error) {
	for {
		_, err := e.root.Stat(name)
		if errors.Is(err, fs.ErrNotExist) {
			err = e.createFile(name)
		}
		if err != nil && !errors.Is(err, fs.ErrExist) { // made by another process meanwhile
			return nil, errors.Internal(err)
		}
		db, file, err := e.openBolt(name, false)
		if err != nil {
			return nil, err
		}
		// While we waited for the lock the file may have been dropped: what we
		// hold then has no name any more.
		named, err := e.root.Stat(name)
		if held, _ := file.Stat(); err == nil && os.SameFile(held, named) {
			if err := db.View(complete); err != nil {
				return nil, errors.Internal(errors.Join(fmt.Errorf("bolt: %s: %w", name, err), db.Close()))
			}
			return db, nil
		}
		if err := db.Close(); err != nil {
			return nil, errors.Internal(err)
		}
	}
}

// complete reports what a file lacks to be a space.
func complete(tx *bbolt.Tx) error {
	for _, name := range [][]byte{dataBucket, outboxBucket} {
		if tx.Bucket(name) == nil {
			return fmt.Errorf("no bucket %s", name)
		}
	}
	return nil
}

// openBolt opens a bbolt file of the folder, whatever its name. bbolt trusts its
// files; one that is damaged makes it panic or touch what is not there, and that
// is an error here.
func (e *Engine) openBolt(name string, readOnly bool) (db *bbolt.DB, file *os.File, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = errors.Internal(fmt.Errorf("bolt: %s is damaged: %v", name, p))
		}
	}()
	db, err = bbolt.Open(filepath.Join(e.root.Name(), name), 0o600, &bbolt.Options{
		Timeout:         lockWait,
		FreelistType:    bbolt.FreelistMapType,
		InitialMmapSize: mapSize,
		NoStatistics:    true,
		ReadOnly:        readOnly,
		OpenFile: func(path string, flag int, perm os.FileMode) (*os.File, error) {
			var err error
			file, err = e.root.OpenFile(filepath.Base(path), flag, perm)
			return file, err
		},
	})
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return nil, nil, errors.Wrap(fmt.Errorf("bolt: another process holds %s: %w", name, err), errors.Unavailable, "")
	case err != nil:
		return nil, nil, errors.Internal(fmt.Errorf("bolt: %s: %w", name, err))
	}
	db.AllocSize = growth
	return db, file, nil
}

// createFile makes an empty space, complete before it gets its name.
func (e *Engine) createFile(name string) error {
	draft := newPrefix + ids.New()
	defer e.root.Remove(draft) // its other name stays
	db, _, err := e.openBolt(draft, false)
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, bucket := range [][]byte{dataBucket, outboxBucket} {
			if _, err := tx.CreateBucket(bucket); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	return e.publish(draft, name)
}

// publish gives a complete and synced file its name, unless that is taken
// (fs.ErrExist), and makes the name durable.
func (e *Engine) publish(draft, name string) error {
	if err := e.root.Link(draft, name); err != nil {
		return err
	}
	return e.syncFolder()
}

// syncFolder makes names given and taken durable.
func (e *Engine) syncFolder() error {
	folder, err := e.root.Open(".")
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// sweep removes drafts that a crash left behind; an hour old ones only, as
// another process may be making one.
func (e *Engine) sweep() {
	files, _ := os.ReadDir(e.root.Name())
	for _, f := range files {
		info, err := f.Info()
		if err == nil && strings.HasPrefix(f.Name(), newPrefix) && time.Since(info.ModTime()) > time.Hour {
			_ = e.root.Remove(f.Name()) // tried again at the next start
		}
	}
}
