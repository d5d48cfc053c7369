package inside

import (
	"errors"
	"fmt"
	"os"
	"path"

	"golang.org/x/sys/unix"
)

// buildRoot makes a new root that holds what the plan names and nothing else,
// and lets go of the old one.
func buildRoot(p *Plan) error {
	if p.Built {
		return os.Chdir(p.Folder)
	}
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("private: %w", err)
	}
	trees := make([]int, len(p.Mounts))
	for i, m := range p.Mounts { // before the scratch folder disappears under the new root
		fd, err := take(m)
		if err != nil {
			return fmt.Errorf("%s: %w", m.Path, err)
		}
		trees[i] = fd
	}
	root := p.Scratch
	if err := unix.Mount("preau", root, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "size=1m,nr_inodes=1k,mode=0755"); err != nil {
		return fmt.Errorf("tmpfs: %w", err)
	}
	if err := makeProc(root); err != nil {
		return fmt.Errorf("/proc: %w", err)
	}
	for _, l := range p.Links {
		if err := os.MkdirAll(path.Dir(root+l.Path), 0o755); err != nil {
			return err
		}
		if err := os.Symlink(l.Target, root+l.Path); err != nil {
			return err
		}
	}
	for i, m := range p.Mounts {
		if err := put(trees[i], root+m.Path, m.File || m.Device); err != nil {
			return fmt.Errorf("%s: %w", m.Path, err)
		}
	}
	return enter(root, p.Folder)
}

// take makes a copy of a mounted tree that belongs nowhere yet, with the rights
// it is to have.
func take(m Mount) (int, error) {
	fd, err := unix.OpenTree(unix.AT_FDCWD, m.Path, unix.OPEN_TREE_CLONE|unix.OPEN_TREE_CLOEXEC|unix.AT_RECURSIVE)
	if err != nil {
		return -1, err
	}
	attr := unix.MountAttr{Attr_set: unix.MOUNT_ATTR_NOSUID, Propagation: unix.MS_PRIVATE}
	if !m.Device {
		attr.Attr_set |= unix.MOUNT_ATTR_NODEV
		if m.Write {
			attr.Attr_set |= unix.MOUNT_ATTR_NOEXEC
		} else {
			attr.Attr_set |= unix.MOUNT_ATTR_RDONLY
		}
	}
	return fd, unix.MountSetattr(fd, "", unix.AT_EMPTY_PATH|unix.AT_RECURSIVE, &attr)
}

// put hangs the tree where it is to be seen.
func put(tree int, at string, file bool) error {
	folder := at
	if file {
		folder = path.Dir(at)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if file {
		f, err := os.OpenFile(at, os.O_CREATE|os.O_RDONLY, 0o644)
		if err != nil {
			return err
		}
		f.Close()
	}
	defer unix.Close(tree)
	return unix.MoveMount(tree, "", unix.AT_FDCWD, at, unix.MOVE_MOUNT_F_EMPTY_PATH)
}

// makeProc shows the processes of the new pid namespace: the module, and
// nothing of the machine.
func makeProc(root string) error {
	if err := os.Mkdir(root+"/proc", 0o755); err != nil {
		return err
	}
	err := unix.Mount("proc", root+"/proc", "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, "subset=pid")
	if errors.Is(err, unix.EPERM) {
		return fmt.Errorf("%w (a part of the machine's /proc is hidden: a container around the core?)", err)
	}
	return err
}

// enter makes root the root, read-only, and the folder the working directory.
func enter(root, folder string) error {
	if err := os.Chdir(root); err != nil {
		return err
	}
	if err := unix.PivotRoot(".", "."); err != nil {
		return fmt.Errorf("pivot_root: %w", err)
	}
	if err := unix.Unmount(".", unix.MNT_DETACH); err != nil {
		return fmt.Errorf("old root: %w", err)
	}
	attr := unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY | unix.MOUNT_ATTR_NOSUID | unix.MOUNT_ATTR_NODEV | unix.MOUNT_ATTR_NOEXEC}
	if err := unix.MountSetattr(unix.AT_FDCWD, "/", 0, &attr); err != nil {
		return fmt.Errorf("read-only root: %w", err)
	}
	return os.Chdir(folder)
}
