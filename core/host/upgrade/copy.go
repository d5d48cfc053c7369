package upgrade

import (
	"context"
	"io"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"

	"github.com/preau-ent/preau/sdk/errors"
)

// Scratch is what a module's folder holds for the moment only.
const Scratch = "tmp"

// item is one thing in a module's folder.
type item struct {
	name string
	kind fs.FileMode // type bits
}

// items lists folders, regular files and links, a folder before what is in it.
// The module wrote all of it: links are never followed, pipes and sockets passed
// over.
func items(root *os.Root) (list []item, err error) {
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name == Scratch:
			return fs.SkipDir
		case d.IsDir() || d.Type().IsRegular() || d.Type() == fs.ModeSymlink:
			list = append(list, item{name, d.Type()})
		}
		return nil
	})
	return list, err
}

// Backup copies the folder data into the folder to, which is made anew, and
// returns when all is on the disk. Nobody may write to data meanwhile.
func Backup(ctx context.Context, data, to string) error {
	if err := errors.Join(os.RemoveAll(to), os.MkdirAll(to, 0o700)); err != nil {
		return errors.Wrap(err, errors.Unavailable, "host.backup")
	}
	return both(data, to, func(from, into *os.Root) error { return copyAll(ctx, from, into) })
}

// Restore makes data what it was when Backup copied it: whatever is there goes,
// and the copy takes its place. Begun anew after a crash, it comes to the same.
func Restore(ctx context.Context, from, data string) error {
	return both(from, data, func(from, into *os.Root) error {
		there, err := fs.ReadDir(into.FS(), ".")
		if err != nil {
			return err
		}
		for _, d := range there {
			if d.Name() == Scratch {
				continue
			}
			if err := into.RemoveAll(d.Name()); err != nil {
				return err
			}
		}
		return copyAll(ctx, from, into)
	})
}

// both opens two folders so that nothing in them leads out.
func both(a, b string, do func(a, b *os.Root) error) error {
	one, err := os.OpenRoot(a)
	if err != nil {
		return errors.Internal(err)
	}
	defer one.Close()
	two, err := os.OpenRoot(b)
	if err != nil {
		return errors.Internal(err)
	}
	defer two.Close()
	if err := do(one, two); err != nil {
		if errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) {
			return errors.Wrap(err, errors.Unavailable, "host.diskfull")
		}
		return errors.Wrap(err, errors.KindOf(err), "host.backup")
	}
	return nil
}

func copyAll(ctx context.Context, from, into *os.Root) error {
	list, err := items(from)
	if err != nil {
		return err
	}
	for _, i := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		switch {
		case i.kind.IsDir():
			err = into.MkdirAll(i.name, 0o700)
		case i.kind.IsRegular():
			err = copyFile(from, into, i.name)
		default:
			err = copyLink(from, into, i.name)
		}
		if err != nil {
			return err
		}
	}
	for _, i := range list { // names are durable too
		if i.kind.IsDir() {
			if err := syncFolder(into, i.name); err != nil {
				return err
			}
		}
	}
	return nil
}

// copyFile copies one file into a folder where it is not.
func copyFile(from, into *os.Root, name string) error {
	r, err := from.OpenFile(name, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	if err != nil {
		return err
	}
	defer r.Close()
	info, err := r.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return errors.Join(err, fs.ErrInvalid)
	}
	w, err := into.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, info.Mode().Perm()&0o700)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return errors.Join(err, w.Sync(), w.Close())
}

// copyLink copies the words of a link, wherever it leads.
func copyLink(from, into *os.Root, name string) error {
	target, err := from.Readlink(name)
	if err != nil {
		return err
	}
	return into.Symlink(target, name)
}

func syncFolder(root *os.Root, name string) error {
	f, err := root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
