package lane

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/preau-ent/preau/sdk/errors"
)

// crowded returns a listener with room for one waiting connection, which is taken.
func crowded(t *testing.T) (net.Listener, string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "lane")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	path := filepath.Join(dir, "s")
	fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err == nil {
		err = errors.Join(unix.Bind(fd, &unix.SockaddrUnix{Name: path}), unix.Listen(fd, 0))
	}
	if err != nil {
		t.Fatal(err)
	}
	f := os.NewFile(uintptr(fd), "listener")
	l, err := net.FileListener(f)
	f.Close()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	first, err := net.Dial("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { first.Close() })
	return l, path
}

// TestDialWaitsForRoom: a full queue is not a module that is gone.
func TestDialWaitsForRoom(t *testing.T) {
	l, path := crowded(t)
	c := New(path)
	if _, err := c.connect(t.Context()); !errors.Is(err, unix.EAGAIN) {
		t.Fatalf("the queue is not full: %v", err)
	}
	if err := c.Knock(t.Context()); err != nil {
		t.Errorf("a busy module does not answer a knock: %v", err)
	}
	got := make(chan error, 1)
	go func() {
		cn, err := c.dial(context.Background())
		if err == nil {
			cn.Close()
		}
		got <- err
	}()
	for range 2 {
		in, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
	}
	if err := <-got; err != nil {
		t.Errorf("dial: %v", err)
	}
}

func TestDialGivesUpWithItsCaller(t *testing.T) {
	_, path := crowded(t)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := New(path).dial(ctx); err == nil {
		t.Error("connected to a full queue")
	}
}
