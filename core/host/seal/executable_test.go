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

// file makes one with this content.
func file(t testing.TB, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "program")
	check(t, os.WriteFile(name, []byte(text), 0o700))
	return name
}

// later is a clock by which every file has long been the same.
var later = clock{func() time.Time { return time.Now().Add(time.Hour) }, func(time.Duration) { panic("waits for nothing") }}

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
			e, err := asItIs(name, later)
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
	e := Vouched(name, good)
	e.clock = later
	_, err = e.Check()
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

// TestFresh: of a file that was changed a moment ago no stamp is handed out
// before another change would show. Two changes within a tick of the file
// system's clock are made by the clock of the test: it stands still.
func TestFresh(t *testing.T) {
	for _, c := range []struct {
		name  string
		rests func(name string, n int) error // what happens during each rest
		want  int                            // rests; -1: refused for what was found, -2: for being busy
	}{
		{"left alone", func(string, int) error { return nil }, 1},
		{"touched once more", func(f string, n int) error {
			if n > 1 {
				return nil
			}
			return os.Chtimes(f, time.Unix(1, 0), time.Unix(1, 0))
		}, 2},
		{"changed meanwhile", func(f string, _ int) error { return os.WriteFile(f, []byte("evil"), 0o700) }, -1},
		{"never at rest", func(f string, n int) error { return os.Chtimes(f, time.Unix(1, 0), time.Unix(int64(n), 0)) }, -2},
	} {
		t.Run(c.name, func(t *testing.T) {
			name := file(t, "good")
			rests := 0
			e, err := asItIs(name, clock{func() time.Time { return time.Unix(0, 0) }, func(d time.Duration) {
				if rests++; d < 100*time.Millisecond || d > time.Second {
					t.Errorf("rests %s", d)
				}
				check(t, c.rests(name, rests))
			}})
			check(t, err)
			if (e.seen != Stamp{}) {
				t.Error("remembered although a change might not show")
			}
			stamp, err := e.Check()
			switch {
			case c.want > 0 && (err != nil || rests != c.want || stamp == Stamp{} || e.seen != stamp):
				t.Errorf("%+v after %d rests, %v", stamp, rests, err)
			case c.want == -1 && (!errors.Is(err, ErrChanged) || !strings.Contains(err.Error(), "sha256")):
				t.Errorf("%v", err)
			case c.want == -2 && (!errors.Is(err, ErrChanged) || !strings.Contains(err.Error(), "written to") || rests > 10):
				t.Errorf("%v after %d rests", err, rests)
			}
			if had := rests; c.want > 0 {
				if _, err := e.Check(); err != nil || rests != had {
					t.Errorf("the next check: %v after %d rests", err, rests-had)
				}
			}
		})
	}
}

// TestSettled: a time of change without a fraction may stand for all of a second.
func TestSettled(t *testing.T) {
	for _, c := range []struct {
		changed, since int64 // milliseconds
		want           bool
	}{
		{5001, 5002, false}, {5001, 5101, false}, {5001, 5102, true},
		{5000, 5102, false}, {5000, 6000, false}, {5000, 6001, true},
		{5001, 4000, false}, // the clock was set back
	} {
		s := Stamp{Changed: c.changed * int64(time.Millisecond)}
		if got := s.settled(time.UnixMilli(c.since)); got != c.want {
			t.Errorf("changed at %d ms, looked at at %d ms: %v", c.changed, c.since, got)
		}
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
	e, err := asItIs(name, later)
	check(b, err)
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
