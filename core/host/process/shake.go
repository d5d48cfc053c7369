package process

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"

	hclog "github.com/hashicorp/go-hclog"
	plugin "github.com/hashicorp/go-plugin"
	goplugin "github.com/hashicorp/go-plugin/runner"
	"google.golang.org/grpc"

	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

// maxRun is the longest folder for sockets, in bytes: a Unix socket's path ends
// at 107, and go-plugin adds two generated names.
const maxRun = 60

// shake starts the process and connects to it. Configuration and command are
// new at each start: go-plugin writes into both. Its SecureConfig is not used: it
// hashes a path, and executes what is there afterwards.
func (p *Process) shake(ctx context.Context, cfg Config, stamp seal.Stamp) (*link, error) {
	if len(p.run) > maxRun {
		return nil, errors.New(errors.Invalid, "host.longpath", "path", p.run)
	}
	theirs, ours, err := os.Pipe() // close-on-exec: no other module inherits our end
	if err != nil {
		return nil, err
	}
	defer theirs.Close()
	p.lifeline = ours
	ready := make(chan struct{}) // p.runner is there
	p.client = plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue,
		},
		VersionedPlugins: map[int]plugin.PluginSet{
			wire.Oldest: {"module": &linkPlugin{}}, wire.Protocol: {"module": &linkPlugin{}},
		},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		StartTimeout:     cfg.Timeout,
		SkipHostEnv:      true,
		UnixSocketConfig: &plugin.UnixSocketConfig{TempDir: p.run},
		Logger:           newLogger(cfg.Log),
		SyncStdout:       &lineWriter{log: cfg.Log, level: "info"},
		SyncStderr:       &lineWriter{log: cfg.Log, level: "warn"},
		GRPCDialOptions: []grpc.DialOption{grpc.WithDefaultCallOptions(
			grpc.MaxCallRecvMsgSize(wire.MaxMessage), grpc.MaxCallSendMsgSize(wire.MaxMessage), grpc.ForceCodecV2(codec()))},
		RunnerFunc: func(_ hclog.Logger, template *exec.Cmd, _ string) (goplugin.Runner, error) {
			cmd, err := cfg.Launcher.Command(Launch{
				Binary: cfg.Binary.Path(), Stamp: stamp, Folder: cfg.Folder, Data: cfg.Data, Run: p.run,
				Env:      append([]string{"HOME=" + cfg.Data, "TMPDIR=" + p.run}, template.Env...),
				Lifeline: theirs, Tier: cfg.Tier, Runtime: cfg.Runtime, Quotas: cfg.Quotas,
			})
			if err != nil {
				return nil, err
			}
			r, err := newRunner(cmd, cfg.Dropped)
			if err != nil {
				return nil, err
			}
			p.runner = r
			close(ready)
			return r, nil
		},
	})
	// go-plugin cannot be told to give up: ending the process makes it.
	over := make(chan struct{})
	defer close(over)
	go func() {
		select {
		case <-over:
			return
		case <-ctx.Done():
		}
		select {
		case <-over:
		case <-ready:
			p.runner.end()
		}
	}()
	conn, err := p.client.Client()
	if err != nil {
		p.runner.end()
		if spoken, ok := otherProtocol(err); ok {
			return nil, errors.Wrap(err, errors.Unavailable, "host.protocol", "protocol", spoken, "oldest", wire.Oldest, "newest", wire.Protocol)
		}
		switch never := p.runner.refused(); {
		case never != nil:
			return nil, never
		case p.runner == nil:
			return nil, err
		case ctx.Err() != nil:
			return nil, fmt.Errorf("no handshake: %w", ctx.Err())
		}
		return nil, fmt.Errorf("%w (the process: %w)", err, p.runner.ended())
	}
	raw, err := conn.Dispense("module")
	if err != nil {
		return nil, err
	}
	return raw.(*link), nil
}

// otherProtocol finds which protocol a module speaks that the core does not;
// go-plugin says it in words only.
func otherProtocol(err error) (spoken int, ok bool) {
	_, words, found := strings.Cut(err.Error(), "incompatible API version with plugin. ")
	if !found {
		return 0, false
	}
	n, err := fmt.Sscanf(words, "Plugin version: %d", &spoken)
	return spoken, n == 1 && err == nil
}

// link is what go-plugin gives once hands are shaken.
type link struct {
	broker *plugin.GRPCBroker
	conn   *grpc.ClientConn
}

type linkPlugin struct{ plugin.NetRPCUnsupportedPlugin }

func (*linkPlugin) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error {
	return errors.New(errors.Bug, "host.notamodule")
}

func (*linkPlugin) GRPCClient(_ context.Context, b *plugin.GRPCBroker, c *grpc.ClientConn) (any, error) {
	return &link{broker: b, conn: c}, nil
}
