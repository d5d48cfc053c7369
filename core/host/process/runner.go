package process

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// runner is go-plugin's view of the process. Unlike go-plugin's own it knows
// when the process itself has ended, whoever still holds its pipes, and lets
// the kernel end it when the core dies.
type runner struct {
	cmd    *Command
	out    *os.File
	errs   *os.File
	theirs []*os.File
	calm   *calm // on errs
	done   chan struct{}

	mu     sync.Mutex
	pid    int
	killed bool
	err    error
	never  error // why the launcher did not execute the module
}

// newRunner prepares cmd; dropped is told how many lines of a flood nobody read.
func newRunner(cmd *Command, dropped func(lines int)) (*runner, error) {
	r := &runner{cmd: cmd, done: make(chan struct{})}
	for _, pipe := range []struct {
		ours   **os.File
		theirs *io.Writer
	}{{&r.out, &cmd.Stdout}, {&r.errs, &cmd.Stderr}} {
		ours, theirs, err := os.Pipe()
		if err != nil {
			r.close()
			return nil, err
		}
		*pipe.ours, *pipe.theirs = ours, theirs
		r.theirs = append(r.theirs, theirs)
	}
	r.calm = newCalm(r.errs, dropped)
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true // one signal reaches its descendants, Ctrl-C does not reach it
	dieWithCore(cmd.SysProcAttr)
	return r, nil
}

// Start launches the process on a thread of its own that lives as long as it:
// the parent-death signal follows the thread, not the program.
func (r *runner) Start(context.Context) error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
		started <- r.begin()
		<-r.done
	}()
	err := <-started
	if err != nil {
		r.mu.Lock()
		r.err = err
		r.mu.Unlock()
		r.close()
		r.over()
		close(r.done)
		return err
	}
	go func() {
		r.wait()
		close(r.done)
	}()
	return nil
}

func (r *runner) begin() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, f := range r.theirs {
		defer f.Close()
	}
	if r.killed {
		r.cmd.Drop()
		return os.ErrProcessDone
	}
	if err := r.cmd.Start(); err != nil {
		return err
	}
	r.pid = r.cmd.Process.Pid
	return nil
}

func (r *runner) wait() {
	state, err := r.cmd.Process.Wait()
	if err == nil && !state.Success() {
		err = &exec.ExitError{ProcessState: state}
	}
	if err == nil {
		err = errors.New("exit status 0")
	}
	r.mu.Lock()
	r.err = err
	syscall.Kill(-r.pid, syscall.SIGKILL) // what it left in its group
	r.mu.Unlock()
	r.over()
	// Someone outside the group may still hold the pipes: go-plugin reads them
	// to their end before it lets go.
	time.AfterFunc(time.Second, r.close)
}

// over lets the launcher clean up, and keeps what it has to say.
func (r *runner) over() {
	if r.cmd.Ended == nil {
		return
	}
	never := r.cmd.Ended()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.never = never; never != nil {
		r.err = never
	}
}

// refused says why the launcher did not execute the module; nil when it did, or
// when the process was not made.
func (r *runner) refused() error {
	if r == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.never
}

func (r *runner) close() {
	for _, f := range []*os.File{r.out, r.errs} {
		if f != nil {
			f.Close()
		}
	}
}

// end kills the process and waits for it. It may be called before Start.
func (r *runner) end() {
	if r == nil {
		return
	}
	r.mu.Lock()
	started := r.pid != 0
	r.killed = true
	if started && r.err == nil {
		syscall.Kill(-r.pid, syscall.SIGKILL)
	}
	r.mu.Unlock()
	if started {
		<-r.done
	}
}

// ended says how the process ended.
func (r *runner) ended() error {
	if r == nil {
		return errors.New("was not made")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

// Wait implements runner.Runner.
func (r *runner) Wait(context.Context) error {
	<-r.done
	return r.ended()
}

// Kill implements runner.Runner.
func (r *runner) Kill(context.Context) error { r.end(); return nil }

// Stdout implements runner.Runner.
func (r *runner) Stdout() io.ReadCloser { return r.out }

// Stderr implements runner.Runner.
func (r *runner) Stderr() io.ReadCloser { return r.calm }

// Name implements runner.Runner.
func (r *runner) Name() string { return r.cmd.Path }

// ID implements runner.Runner.
func (r *runner) ID() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strconv.Itoa(r.pid)
}

// Diagnose implements runner.Runner.
func (r *runner) Diagnose(context.Context) string { return "" }

// PluginToHost implements runner.Runner: both sides see the same paths.
func (r *runner) PluginToHost(network, addr string) (string, string, error) {
	return network, addr, nil
}

// HostToPlugin implements runner.Runner.
func (r *runner) HostToPlugin(network, addr string) (string, string, error) {
	return network, addr, nil
}
