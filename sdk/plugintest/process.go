package plugintest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/hashicorp/go-hclog"
	plugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// process is a module that runs as a process of its own.
type process struct {
	client   *plugin.Client
	cmd      *exec.Cmd
	lifeline *os.File
}

// startProcess builds the module and starts it as the core does.
func (h *Harness) startProcess(t testing.TB, dir, short string) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(install(t, dir, string(h.Manifest.ID)))
	cmd.ExtraFiles = []*os.File{r} // descriptor wire.LifelineFD
	cmd.Env = []string{"PATH=/nowhere"}
	p := &remote{}
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion: wire.Protocol, MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue,
		},
		VersionedPlugins: map[int]plugin.PluginSet{wire.Protocol: {"module": p}},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		Cmd:              cmd,
		SkipHostEnv:      true,
		UnixSocketConfig: &plugin.UnixSocketConfig{TempDir: short},
		Logger:           hclog.New(&hclog.LoggerOptions{Output: t.Output(), Level: hclog.Warn}),
		GRPCDialOptions:  []grpc.DialOption{grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(wire.MaxMessage))},
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

// built remembers what this test binary has built already.
var built struct {
	sync.Mutex
	exe map[string]string
}

// install builds the module once and returns its executable, with module.yaml
// next to it, in a folder that the next run builds into again.
func install(t testing.TB, dir, id string) string {
	t.Helper()
	built.Lock()
	defer built.Unlock()
	abs, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	if exe := built.exe[abs]; exe != "" {
		return exe
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(cache, "preau", "plugintest", fmt.Sprintf("%s-%x", id, sha256.Sum256([]byte(abs)))[:len(id)+17])
	src, err := os.ReadFile(filepath.Join(abs, manifest.FileName))
	if err == nil {
		err = os.MkdirAll(folder, 0o700)
	}
	if err != nil {
		t.Fatal(err)
	}
	// Other test binaries may build the same module now: files appear whole.
	exe := filepath.Join(folder, id)
	part := fmt.Sprintf("%s.%d", exe, os.Getpid())
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", part, ".")
	cmd.Dir = abs
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build %s: %v\n%s", dir, err, out)
	}
	if err = os.Rename(part, exe); err == nil {
		if err = os.WriteFile(part, src, 0o600); err == nil {
			err = os.Rename(part, filepath.Join(folder, manifest.FileName))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if built.exe == nil {
		built.exe = map[string]string{}
	}
	built.exe[abs] = exe
	return exe
}
