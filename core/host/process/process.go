package process

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	plugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"github.com/preau-ent/preau/core/host/lane"
	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// Config says what to run. What has no "may" must be there.
type Config struct {
	Module   ids.ModuleID
	Version  string           // what the process must say of itself
	Schema   int              // the same, of the data that it writes; 0: 1
	Binary   *seal.Executable // checked anew at each start
	Folder   string           // of the module
	Data     string           // the module's own folder, made when missing
	Run      string           // a short private folder; each start makes its own inside
	Timeout  time.Duration
	Launcher Launcher
	Tier     manifest.Tier    // may be empty: see [Launch]
	Runtime  manifest.Runtime // may be empty
	Quotas   manifest.Quotas  // may be zero
	Log      func(level, text string)
	Dropped  func(lines int)     // told of lines that a flood made nobody read; may be nil
	Full     func() bool         // says whether the disk quota is used up; may be nil
	Services func() *grpc.Server // the core's services for this process, new at each call
	// Egress serves the way out on a socket until it is closed; may be nil: none.
	Egress func(socket string) (io.Closer, error)
}

// Process is one module running and activated. Its methods are safe for
// concurrent use.
type Process struct {
	Module wire.ModuleClient // the control lane
	Lane   *lane.Client      // the page lane

	client   *plugin.Client
	runner   *runner
	lifeline *os.File
	run      string
	log      func(level, text string)
	link     *link
	served   chan struct{} // closed when the core's services for it ended; nil: never began
	server   *grpc.Server
	egress   io.Closer
	kill     sync.Once
	full     func() bool // may be nil
}

// Start launches the module, shakes hands, checks that it is who it should be,
// and activates it. When it fails, nothing is left behind.
func Start(ctx context.Context, cfg Config) (*Process, error) {
	ctx, cancel := context.WithTimeout(ctx, cfg.Timeout)
	defer cancel()
	p, err := Prepare(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if err := p.Activate(ctx, cfg); err != nil {
		p.Kill()
		return nil, err
	}
	return p, nil
}

// Prepare is Start but for the last step: the process has said who it is, and
// has been given nothing. When it fails, nothing is left behind; what it fails
// of is a [seal.ErrChanged] when the executable is not the one vouched for.
func Prepare(ctx context.Context, cfg Config) (_ *Process, err error) {
	ctx, cancel := context.WithTimeout(ctx, cfg.Timeout)
	defer cancel()
	stamp, err := cfg.Binary.Check()
	if err != nil {
		return nil, unfit(err)
	}
	p := &Process{full: cfg.Full, log: cfg.Log}
	defer func() {
		if err != nil {
			p.Kill()
		}
	}()
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "host.nofolder")
	}
	if p.run, err = os.MkdirTemp(cfg.Run, ""); err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "host.nofolder")
	}
	if p.link, err = p.shake(ctx, cfg, stamp); err != nil {
		if errors.KindOf(err) != errors.Bug {
			return nil, err // said well already
		}
		return nil, errors.Wrap(err, errors.Unavailable, "host.nostart")
	}
	p.Module = wire.NewModuleClient(p.link.conn)
	return p, p.check(ctx, cfg)
}

// unfit says why the executable may not be executed.
func unfit(err error) error {
	if errors.Is(err, seal.ErrChanged) {
		return errors.Wrap(err, errors.Unavailable, "host.changed")
	}
	return errors.Wrap(err, errors.Unavailable, "host.nostart")
}

// Activate gives a prepared process its folder and the core's services: its
// stores open and it serves. A process that failed to is to be killed.
func (p *Process) Activate(ctx context.Context, cfg Config) error {
	ctx, cancel := context.WithTimeout(ctx, cfg.Timeout)
	defer cancel()
	socket := filepath.Join(p.run, "page")
	in := &wire.ActivateRequest{DataDir: cfg.Data, PageSocket: socket, CoreBroker: p.offer(p.link, cfg.Services())}
	if cfg.Egress != nil {
		in.EgressSocket = filepath.Join(p.run, "egress")
		var err error
		if p.egress, err = cfg.Egress(in.EgressSocket); err != nil {
			return errors.Wrap(err, errors.Unavailable, "host.nofolder")
		}
	}
	if _, err := p.Module.Activate(ctx, in); err != nil {
		return errors.Wrap(errors.FromStatus(err), errors.Unavailable, "host.noactivate")
	}
	p.Lane = lane.New(socket)
	return nil
}

// check asks the process who it is.
func (p *Process) check(ctx context.Context, cfg Config) error {
	d, err := p.Module.Describe(ctx, &wire.DescribeRequest{})
	if err != nil {
		return errors.Wrap(errors.FromStatus(err), errors.Unavailable, "host.nodescribe")
	}
	if d.Id != string(cfg.Module) || d.Version != cfg.Version {
		return errors.New(errors.Unavailable, "host.stranger", "id", d.Id, "version", d.Version)
	}
	if said, want := max(1, int(d.Schema)), max(1, cfg.Schema); said != want { // protocol 1 does not say
		return errors.New(errors.Unavailable, "host.otherschema", "schema", said, "want", want)
	}
	return nil
}

// offer serves the core's services to this process only, and returns the
// broker's number for them.
func (p *Process) offer(l *link, server *grpc.Server) uint32 {
	id := l.broker.NextId()
	p.served, p.server = make(chan struct{}), server
	go func() {
		defer close(p.served)
		l.broker.AcceptAndServe(id, func([]grpc.ServerOption) *grpc.Server { return p.server })
	}()
	return id
}

// PID returns the process's number.
func (p *Process) PID() int { n, _ := strconv.Atoi(p.runner.ID()); return n }

// Done is closed when the process has ended, whoever ended it.
func (p *Process) Done() <-chan struct{} { return p.runner.done }

// Err says how the process ended; to be read after Done.
func (p *Process) Err() error { return p.runner.ended() }

// Ping asks the process for a sign of life on both lanes: one whose page socket
// is closed is of no use, whatever it answers here.
func (p *Process) Ping(ctx context.Context) error {
	if _, err := p.Module.Ping(ctx, &wire.PingRequest{Full: p.full != nil && p.full()}); err != nil {
		return errors.FromStatus(err)
	}
	return p.Lane.Knock(ctx)
}

// Stop lets the process finish what is under way until ctx ends, then kills it.
func (p *Process) Stop(ctx context.Context) {
	if _, err := p.Module.Drain(ctx, &wire.DrainRequest{}); err == nil {
		p.lifeline.Close() // all is safe: it may go by itself
		t := time.NewTimer(time.Second)
		defer t.Stop()
		select {
		case <-p.Done():
			p.Kill()
			return
		case <-t.C:
		case <-ctx.Done():
		}
	}
	p.log("warn", "preau: did not end when told to: killed")
	p.Kill()
}

// Kill ends the process now and returns when nothing of it is left: process,
// descendants in its group, goroutines, sockets.
func (p *Process) Kill() { p.kill.Do(p.end) }

func (p *Process) end() {
	// The process first: go-plugin's own Kill asks it politely without a
	// deadline, and a hung one never answers.
	if p.runner != nil {
		p.runner.end()
	}
	if p.lifeline != nil {
		p.lifeline.Close()
	}
	if p.Lane != nil {
		p.Lane.Close()
	}
	if p.egress != nil {
		p.egress.Close()
	}
	if p.server != nil {
		p.server.Stop()
	}
	if p.client != nil {
		p.client.Kill()
	}
	if p.served != nil {
		<-p.served
	}
	if p.run != "" {
		os.RemoveAll(p.run)
	}
}
