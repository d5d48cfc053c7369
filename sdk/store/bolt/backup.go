package bolt

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"

	"go.etcd.io/bbolt"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// Backup implements [store.Space]: it writes a bbolt file. The pages that the
// state needs are kept until w has taken all, so a slow w makes the file grow.
func (s *space) Backup(ctx context.Context, w io.Writer) error {
	return s.read(ctx, func(tx *bbolt.Tx) error {
		_, err := tx.WriteTo(writerFunc(func(p []byte) (int, error) {
			if err := ctx.Err(); err != nil {
				return 0, err
			}
			return w.Write(p)
		}))
		return err
	})
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// Restore implements [store.Engine]. Everything is read once before the file gets
// its name.
func (e *Engine) Restore(ctx context.Context, school ids.SchoolID, r io.Reader) error {
	name, err := fileName(school)
	if err != nil {
		return err
	}
	draft := newPrefix + ids.New()
	defer e.root.Remove(draft)
	if err := e.writeDraft(draft, r); err != nil {
		return errors.Internal(err)
	}
	if err := e.checkDraft(draft); err != nil {
		return errors.Wrap(fmt.Errorf("bolt: not a backup: %w", err), errors.Invalid, "")
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	err = e.publish(draft, name)
	if errors.Is(err, fs.ErrExist) {
		return errors.Wrap(fmt.Errorf("bolt: %s has a space already", school), errors.Conflict, "")
	}
	return err
}

func (e *Engine) writeDraft(draft string, r io.Reader) error {
	f, err := e.root.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return errors.Join(err, f.Sync(), f.Close())
}

// checkDraft reads everything that the file holds. It is opened read-only, so
// that bbolt neither repairs nor begins a file, and touches nothing before its
// length is known to be right.
func (e *Engine) checkDraft(draft string) (err error) {
	db, file, err := e.openBolt(draft, true)
	if err != nil {
		return err
	}
	defer db.Close()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("damaged: %v", p)
		}
	}()
	return db.View(func(tx *bbolt.Tx) error {
		if info, err := file.Stat(); err != nil || info.Size() < tx.Size() {
			return errors.Join(err, io.ErrUnexpectedEOF)
		}
		if err := complete(tx); err != nil {
			return err
		}
		read := func(k, v []byte) error { return nil }
		return errors.Join(tx.Bucket(dataBucket).ForEach(read), tx.Bucket(outboxBucket).ForEach(read))
	})
}
