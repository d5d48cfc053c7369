package seal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// file makes one whose last change is long enough ago to be remembered.
func file(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "program")
	check(t, os.WriteFile(name, []byte(text), 0o700))
	settle(t, name)
	return name
}

func settle(t *testing.T, name string) {
	t.Helper()
	f, err := os.Open(name)
	check(t, err)
	defer f.Close()
	s, err := StampOf(f)
	check(t, err)
	for !s.settled(time.Now()) {
		time.Sleep(10 * time.Millisecond)
	}
}

// TestCheck: what was done to the file, and whether it may still be executed.
func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(name string) error
		says string // empty: it may
	}{
		{"nothing", func(string) error { return nil }, ""},
		{"touched", func(n string) error { return os.Chtimes(n, time.Unix(1, 0), time.Unix(1, 0)) }, ""},
		{"its rights", func(n string) error { return os.Chmod(n, 0o755) }, ""},
		{"one more name", func(n string) error { return os.Link(n, n+"2") }, ""},
		{"the same again", func(n string) error {
			return errors.Join(os.WriteFile(n+".new", []byte("good"), 0o700), os.Rename(n+".new", n))
		}, ""},
		{"another of the same size", func(n string) error {
			return errors.Join(os.WriteFile(n+".new", []byte("evil"), 0o700), os.Rename(n+".new", n))
		}, "sha256"},
		{"written in place, its time set back", func(n string) error {
			info, err := os.Stat(n)
			return errors.Join(err, os.WriteFile(n, []byte("evil"), 0o700), os.Chtimes(n, info.ModTime(), info.ModTime()))
		}, "sha256"},
		{"more of it", func(n string) error { return os.Truncate(n, 1<<40) }, "1099511627776 bytes instead of 4"},
		{"a pipe", func(n string) error { return errors.Join(os.Remove(n), syscall.Mkfifo(n, 0o700)) }, "it is no file"},
		{"a folder", func(n string) error { return errors.Join(os.Remove(n), os.Mkdir(n, 0o700)) }, "it is no file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			name := file(t, "good")
			e, err := AsItIs(name)
			check(t, err)
			_, err = e.Check()
			check(t, err)
			check(t, c.do(name))
			for range 2 { // what was refused stays so
				stamp, err := e.Check()
				switch {
				case c.says == "" && (err != nil || stamp == Stamp{}):
					t.Errorf("%+v, %v", stamp, err)
				case c.says != "" && (!errors.Is(err, ErrChanged) || !strings.Contains(err.Error(), c.says) || stamp != Stamp{}):
					t.Errorf("%v, want it to say %q", err, c.says)
				}
			}
		})
	}
}

func TestVouched(t *testing.T) {
	name := file(t, "good")
	good, err := read(strings.NewReader("good"))
	check(t, err)
	_, err = Vouched(name, good).Check()
	check(t, err)
	if _, err := Vouched(name, Content{SHA256: strings.Repeat("0", 64), Size: 4}).Check(); !errors.Is(err, ErrChanged) {
		t.Errorf("%v", err)
	}
	if _, err := Vouched(name+"?", good).Check(); !errors.Is(err, os.ErrNotExist) || errors.Is(err, ErrChanged) {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := AsItIs(name + "?"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

// TestFresh: what was changed a moment ago is read each time, for another change
// might not show.
func TestFresh(t *testing.T) {
	name := file(t, "good")
	e, err := AsItIs(name)
	check(t, err)
	if (e.seen == Stamp{}) {
		t.Error("what has long been the same is not remembered")
	}
	now := time.Now()
	check(t, os.Chtimes(name, now, now))
	if _, err = e.Check(); err != nil || e.seen.Modified == now.UnixNano() {
		t.Errorf("%v, remembered %+v", err, e.seen)
	}
}

// TestBusy: a file to which something else happens while it is read is read
// again; one that never comes to rest is not vouched for.
func TestBusy(t *testing.T) {
	f, err := os.Open(file(t, "good"))
	check(t, err)
	defer f.Close()
	for _, c := range []struct {
		changes int
		ok      bool
	}{{0, true}, {1, true}, {7, true}, {1000, false}} {
		looks := 0
		found, now, err := steady(f, func(f *os.File) (Stamp, error) {
			s, err := StampOf(f)
			looks++
			s.Changed = int64(min(looks, c.changes))
			return s, err
		})
		if c.ok && (err != nil || found.Size != 4 || now.Changed != int64(c.changes)) || !c.ok && !errors.Is(err, ErrChanged) {
			t.Errorf("%d changes: %+v, %+v, %v", c.changes, found, now, err)
		}
	}
}

// BenchmarkCheck is what a start costs when nothing has changed.
func BenchmarkCheck(b *testing.B) {
	name := filepath.Join(b.TempDir(), "program")
	check(b, os.WriteFile(name, bytes.Repeat([]byte("0123456789abcdef"), 1<<20), 0o700))
	e, err := AsItIs(name)
	check(b, err)
	for {
		if _, err := e.Check(); err != nil {
			b.Fatal(err)
		}
		if (e.seen != Stamp{}) {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	for b.Loop() {
		if _, err := e.Check(); err != nil {
			b.Fatal(err)
		}
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
