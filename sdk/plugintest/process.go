package plugintest

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	plugin "github.com/hashicorp/go-plugin"
	goplugin "github.com/hashicorp/go-plugin/runner"
	"google.golang.org/grpc"

	"github.com/preau-ent/preau/sdk/wire"
)

// process is a module that runs as a process of its own.
type process struct {
	client   *plugin.Client
	cmd      *exec.Cmd
	lifeline *os.File
	ended    bool
}

// startProcess starts the module as the core does; its sockets are in short.
func (h *Harness) startProcess(t testing.TB, cmd *exec.Cmd, short string) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.ExtraFiles = []*os.File{r} // descriptor wire.LifelineFD
	p := &remote{}
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion: wire.Protocol, MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue,
		},
		VersionedPlugins: map[int]plugin.PluginSet{wire.Protocol: {"module": p}},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		SkipHostEnv:      true,
		UnixSocketConfig: &plugin.UnixSocketConfig{TempDir: short},
		RunnerFunc: func(_ hclog.Logger, template *exec.Cmd, _ string) (goplugin.Runner, error) {
			cmd.Env = append(cmd.Env, template.Env...)
			return newRunner(cmd)
		},
		Logger:          hclog.New(&hclog.LoggerOptions{Output: t.Output(), Level: hclog.Warn}),
		GRPCDialOptions: []grpc.DialOption{grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(wire.MaxMessage))},
	})
	h.process = &process{client: client, cmd: cmd, lifeline: w}
	t.Cleanup(func() { client.Kill(); _ = w.Close() })
	protocol, err := client.Client()
	_ = r.Close() // the module holds its own copy
	if err != nil {
		t.Fatalf("start: %v", err)
	}
	raw, err := protocol.Dispense("module")
	if err != nil {
		t.Fatal(err)
	}
	id := p.broker.NextId()
	go p.broker.AcceptAndServe(id, h.core.server)
	h.activate(t, raw.(wire.ModuleClient), id)
}

// remote is go-plugin's view of a module, from the core's side.
type remote struct {
	plugin.NetRPCUnsupportedPlugin
	broker *plugin.GRPCBroker
}

// GRPCServer is the module's side.
func (*remote) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error { return nil }

// GRPCClient returns the control lane.
func (r *remote) GRPCClient(_ context.Context, b *plugin.GRPCBroker, c *grpc.ClientConn) (any, error) {
	r.broker = b
	return wire.NewModuleClient(c), nil
}

// PID is the module's process id, 0 in-process; when [Confined], that of the
// program that confines it and ends with it.
func (h *Harness) PID() int {
	if h.process == nil {
		return 0
	}
	return h.process.cmd.Process.Pid
}

// Idle pings the module as the core does while nobody asks it anything.
func (h *Harness) Idle() {
	h.t.Helper()
	for range 3 {
		ctx, cancel := context.WithTimeout(context.Background(), within)
		_, err := h.module.Ping(ctx, &wire.PingRequest{})
		cancel()
		if err != nil {
			h.t.Fatalf("ping: %v", err)
		}
	}
}

// Orphan closes the lifeline, as the death of the core does, and waits until the
// process has ended.
func (h *Harness) Orphan() {
	h.t.Helper()
	if h.process == nil {
		h.t.Skip("only a process has a lifeline")
	}
	_ = h.process.lifeline.Close()
	h.waitForEnd()
}

// Kill ends the process as kill -9 does and waits until it is gone.
func (h *Harness) Kill() {
	h.t.Helper()
	if h.process == nil {
		h.t.Skip("only a process can be killed")
	}
	_ = h.process.cmd.Process.Kill()
	h.waitForEnd()
}

func (h *Harness) waitForEnd() {
	h.t.Helper()
	for late := time.Now().Add(within); !h.process.client.Exited(); time.Sleep(time.Millisecond) {
		if time.Now().After(late) {
			h.t.Fatal("the process is still there")
		}
	}
	h.process.ended = true
}
