package seal

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"syscall"
	"time"
)

// ErrChanged says that a file is not the one that was vouched for.
var ErrChanged = errors.New("the executable is not the one that was verified")

// Content is what somebody vouches for.
type Content struct {
	SHA256 string // in lower-case hex
	Size   int64  // bytes
}

// Executable is a file that may be executed as long as it has the content that
// was vouched for. It is safe for concurrent use. Make one with [Vouched] or
// [AsItIs].
type Executable struct {
	path    string
	content Content
	clock   clock

	mu   sync.Mutex
	seen Stamp // with which it last had the content, and would show a change
}

// clock is the machine's, but in tests.
type clock struct {
	now  func() time.Time
	rest func(time.Duration)
}

var machine = clock{time.Now, time.Sleep}

// Vouched returns the executable that must have this content. The file is not
// looked at yet.
func Vouched(path string, content Content) *Executable {
	return &Executable{path: path, content: content, clock: machine}
}

// AsItIs returns the executable that must keep the content it has now.
func AsItIs(path string) (*Executable, error) { return asItIs(path, machine) }

func asItIs(path string, c clock) (*Executable, error) {
	e := &Executable{path: path, clock: c}
	began := c.now()
	now, err := e.look(func(found Content) error { e.content = found; return nil })
	if now.settled(began) {
		e.seen = now
	}
	return e, err
}

// Path returns where the file is.
func (e *Executable) Path() string { return e.path }

// Content returns what was vouched for.
func (e *Executable) Content() Content { return e.content }

// Check makes sure of the content and returns the file's stamp: what is executed
// must have it. [ErrChanged] when the content is another one; what was touched,
// moved away and back or copied onto itself is the same still. Of a file that
// was changed a moment ago it waits until another change would show.
func (e *Executable) Check() (Stamp, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	before := Stamp{}
	for range tries {
		began := e.clock.now()
		now, err := e.look(e.judge)
		if err != nil || now == e.seen {
			return now, err
		}
		if now == before || now.settled(began) {
			e.seen = now
			return now, nil
		}
		before = now
		e.clock.rest(now.tick())
	}
	return Stamp{}, errBusy
}

func (e *Executable) judge(found Content) error {
	if found != e.content {
		return fmt.Errorf("%w: sha256 %s instead of %s", ErrChanged, found.SHA256, e.content.SHA256)
	}
	return nil
}

// look opens the file and judges its content, unless it was found right with
// this stamp.
func (e *Executable) look(judge func(Content) error) (Stamp, error) {
	f, err := os.OpenFile(e.path, os.O_RDONLY|syscall.O_NONBLOCK, 0) // a pipe in its place holds up nobody
	if err != nil {
		return Stamp{}, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil {
		return Stamp{}, err
	} else if !info.Mode().IsRegular() {
		return Stamp{}, fmt.Errorf("%w: it is no file", ErrChanged)
	}
	now, err := StampOf(f)
	if err != nil || now == e.seen {
		return now, err
	}
	if e.content.SHA256 != "" && now.Size != e.content.Size { // however large it is now
		return Stamp{}, fmt.Errorf("%w: %d bytes instead of %d", ErrChanged, now.Size, e.content.Size)
	}
	found, now, err := steady(f, StampOf)
	if err != nil {
		return Stamp{}, err
	}
	if err := judge(found); err != nil {
		return Stamp{}, err
	}
	return now, nil
}

// tries are how often a file is read to which something happens all the time.
const tries = 10

var errBusy = fmt.Errorf("%w: it is being written to", ErrChanged)

// steady reads the file until nothing happened to it meanwhile: it may have been
// given another name, or other rights.
func steady(f *os.File, stampOf func(*os.File) (Stamp, error)) (found Content, now Stamp, err error) {
	for range tries {
		before, err := stampOf(f)
		if err == nil {
			found, err = read(io.NewSectionReader(f, 0, before.Size))
		}
		if err == nil {
			now, err = stampOf(f)
		}
		if err != nil || now == before {
			return found, now, err
		}
	}
	return found, now, errBusy
}

func read(f io.Reader) (Content, error) {
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	return Content{SHA256: hex.EncodeToString(sum.Sum(nil)), Size: n}, err
}
