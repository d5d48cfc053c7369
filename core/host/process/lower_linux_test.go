package process

import (
	"context"
	"io"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestLower: what is set of the thread that starts a process, the process has
// from the beginning, and nobody else has.
func TestLower(t *testing.T) {
	before, err := unix.Getpriority(unix.PRIO_PROCESS, 0)
	if err != nil {
		t.Fatal(err)
	}
	c := &Command{Cmd: exec.Command("nice"), Lower: func() error { return unix.Setpriority(unix.PRIO_PROCESS, 0, 7) }}
	r, err := newRunner(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	defer r.close()
	said, err := io.ReadAll(r.Stdout())
	if err != nil || strings.TrimSpace(string(said)) != "7" {
		t.Errorf("its niceness is %q, %v", said, err)
	}
	r.Wait(context.Background())
	for range 100 { // on whatever thread
		done := make(chan int)
		go func() {
			now, _ := unix.Getpriority(unix.PRIO_PROCESS, 0)
			done <- now
		}()
		if now := <-done; now != before { // 20 - niceness, as the kernel has it
			t.Fatalf("a thread of this program has priority %d, had %d", now, before)
		}
	}
}

// TestLowerRefused: a process that would have had more than it may is not started.
func TestLowerRefused(t *testing.T) {
	r, err := newRunner(&Command{Cmd: exec.Command("true"), Lower: func() error { return unix.EPERM }}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Start(context.Background()); err != unix.EPERM || r.ended() != unix.EPERM || r.pid != 0 {
		t.Errorf("%v, %v, process %d", err, r.ended(), r.pid)
	}
	<-r.done
}
