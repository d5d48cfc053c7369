package plugintest

import (
	"context"
	"io"
	"os/exec"
	"strconv"
)

// runner starts the module for go-plugin. Given a runner, go-plugin puts the
// sockets of both sides into the folder it was told; given a command it keeps
// its own elsewhere, where a confined module cannot see them.
type runner struct {
	cmd       *exec.Cmd
	out, errs io.ReadCloser
}

func newRunner(cmd *exec.Cmd) (*runner, error) {
	r := &runner{cmd: cmd}
	var err error
	if r.out, err = cmd.StdoutPipe(); err == nil {
		r.errs, err = cmd.StderrPipe()
	}
	return r, err
}

// Start implements runner.Runner.
func (r *runner) Start(context.Context) error { return r.cmd.Start() }

// Wait implements runner.Runner.
func (r *runner) Wait(context.Context) error { return r.cmd.Wait() }

// Kill implements runner.Runner; a process that is gone is no error.
func (r *runner) Kill(context.Context) error {
	_ = r.cmd.Process.Kill()
	return nil
}

// Stdout implements runner.Runner.
func (r *runner) Stdout() io.ReadCloser { return r.out }

// Stderr implements runner.Runner.
func (r *runner) Stderr() io.ReadCloser { return r.errs }

// Name implements runner.Runner.
func (r *runner) Name() string { return r.cmd.Path }

// ID implements runner.Runner.
func (r *runner) ID() string { return strconv.Itoa(r.cmd.Process.Pid) }

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
