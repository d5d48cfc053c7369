package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

var files = map[string]func(string) error{
	"read":   func(a string) error { _, err := os.ReadFile(a); return err },
	"stat":   func(a string) error { _, err := os.Stat(a); return err },
	"list":   func(a string) error { _, err := os.ReadDir(a); return err },
	"write":  func(a string) error { return os.WriteFile(a, []byte("x"), 0o600) },
	"open":   func(a string) error { f, err := os.OpenFile(a, os.O_WRONLY, 0); return with(f, err) },
	"remove": os.Remove,
	"chmod":  func(a string) error { return os.Chmod(a, 0o777) },
	"mkdir":  func(a string) error { return os.MkdirAll(a, 0o700) },
	"fifo":   func(a string) error { return unix.Mkfifo(a, 0o600) },
	"device": func(a string) error { return unix.Mknod(a, unix.S_IFCHR|0o600, int(unix.Mkdev(1, 3))) },
	"symlink": func(a string) error {
		return os.Symlink("/etc/passwd", a)
	},
	"hardlink": func(a string) error { from, to, _ := strings.Cut(a, ","); return os.Link(from, to) },
	"rename":   func(a string) error { from, to, _ := strings.Cut(a, ","); return os.Rename(from, to) },
	"move": func(dir string) error { // from one folder to another
		for _, d := range []string{"a", "b"} {
			if err := os.MkdirAll(filepath.Join(dir, d), 0o700); err != nil {
				return err
			}
		}
		if err := os.WriteFile(filepath.Join(dir, "a/x"), nil, 0o600); err != nil {
			return err
		}
		return os.Rename(filepath.Join(dir, "a/x"), filepath.Join(dir, "b/x"))
	},
	"run": func(a string) error { // a file of its own making
		self, err := os.ReadFile("/proc/self/exe")
		if err != nil {
			return err
		}
		if err := os.WriteFile(a, self, 0o700); err != nil {
			return err
		}
		return syscall.Exec(a, []string{a}, []string{"TRY=nothing"})
	},
	"nothing": func(string) error { return nil },
	"bind":    func(a string) error { l, err := net.Listen("unix", a); return with(l, err) },
	"environment": func(name string) error {
		for _, v := range os.Environ() {
			if strings.HasPrefix(v, name) {
				return nil
			}
		}
		return fmt.Errorf("no variable %s", name)
	},
	"descriptor": func(string) error { // anything beyond the standard ones and the lifeline
		all, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			return err
		}
		for _, d := range all {
			fd, _ := strconv.Atoi(d.Name())
			to, err := os.Readlink("/proc/self/fd/" + d.Name())
			if fd > 3 && err == nil && !strings.HasPrefix(to, "anon_inode:") && !strings.HasPrefix(to, "/proc/") {
				return nil
			}
		}
		return fmt.Errorf("none of %d", len(all))
	},
	"executable": func(string) error {
		exe, err := os.Executable()
		if err == nil {
			_, err = os.Stat(exe)
		}
		return err
	},
}

type closer interface{ Close() error }

func with(c closer, err error) error {
	if err != nil {
		return err
	}
	return c.Close()
}
