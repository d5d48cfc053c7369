package main

import (
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

var limits = map[string]func(string) error{
	"memory": func(a string) error { // address space only: nothing is touched
		m, err := unix.Mmap(-1, 0, int(number(a)), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANON)
		if err == nil {
			err = unix.Munmap(m)
		}
		return err
	},
	"store": func(dir string) error { // a gigabyte mapped of an empty file, as a store does
		f, err := os.Create(filepath.Join(dir, "mapped"))
		if err != nil {
			return err
		}
		_, err = unix.Mmap(int(f.Fd()), 0, 1<<30, unix.PROT_READ, unix.MAP_SHARED)
		return err
	},
	"file": func(a string) error { // a sparse one: no block is written
		signal.Ignore(syscall.SIGXFSZ)
		f, err := os.CreateTemp(os.Getenv("HOME"), "")
		if err != nil {
			return err
		}
		return errors.Join(f.Truncate(int64(number(a))), os.Remove(f.Name()))
	},
	"files": func(a string) error {
		for range number(a) {
			if _, err := unix.Open("/dev/null", unix.O_RDONLY, 0); err != nil {
				return err
			}
		}
		return nil
	},
	"raise": func(string) error {
		var l unix.Rlimit
		if err := unix.Getrlimit(unix.RLIMIT_DATA, &l); err != nil {
			return err
		}
		return unix.Setrlimit(unix.RLIMIT_DATA, &unix.Rlimit{Cur: l.Max, Max: unix.RLIM_INFINITY})
	},
	"core": func(string) error {
		var l unix.Rlimit
		if err := unix.Getrlimit(unix.RLIMIT_CORE, &l); err != nil || l.Max > 0 {
			return err
		}
		return errors.New("no core dumps")
	},
	"lock": func(string) error { return unix.Mlock(make([]byte, 1<<20)) },
}
