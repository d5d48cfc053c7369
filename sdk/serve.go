package sdk

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/hashicorp/go-hclog"
	plugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/wire"
)

// Serve runs the module until the core ends it: it is the last line of main and
// does not return before the process has drained. Started by hand, it says who
// starts modules and exits with 1.
func Serve(m *Module) {
	if os.Getenv(wire.CookieKey) != wire.CookieValue {
		leave("C'est le cœur de Préau qui démarre ce module : preau serve. / Préau's core starts this module: preau serve.")
	}
	line, err := lifeline()
	if err != nil {
		leave("preau module: " + err.Error())
	}
	own, err := readIdentity()
	if err != nil {
		leave("preau module: " + err.Error())
	}
	unhurried()
	log := newLog(os.Stderr, own.id) // go-plugin replaces os.Stderr below
	p := &corePlugin{}
	r := NewRuntime(m, Setting{ID: own.id, Version: own.version, Schema: own.schema, Log: log, Dial: p.dial, Open: openStore})
	p.runtime = r
	go watch(line, r.drained, os.Exit)
	term := make(chan os.Signal, 1)
	signal.Notify(term, syscall.SIGTERM)
	go drainOn(term, r)

	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion: wire.Protocol, MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue,
		},
		VersionedPlugins: map[int]plugin.PluginSet{wire.Protocol: {"module": p}},
		GRPCServer:       r.NewServer,
		Logger:           hclog.New(&hclog.LoggerOptions{Name: own.id, Level: hclog.Error, Output: os.Stderr, JSONFormat: true}),
	})
	_, _ = r.Drain(context.Background(), nil) // the core closed the connection without a word
}

// leave says one sentence and ends the process.
func leave(sentence string) {
	fmt.Fprintln(os.Stderr, sentence)
	os.Exit(1)
}

// newLog writes the lines that go-plugin's client understands: JSON with the
// level as a word.
func newLog(w io.Writer, id string) *slog.Logger {
	names := map[string]string{slog.TimeKey: "@timestamp", slog.LevelKey: "@level", slog.MessageKey: "@message"}
	levels := map[slog.Level]string{slog.LevelDebug: "debug", slog.LevelInfo: "info", slog.LevelWarn: "warn", slog.LevelError: "error"}
	h := slog.NewJSONHandler(w, &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if len(groups) > 0 {
			return a
		}
		switch v := a.Value.Any().(type) {
		case slog.Level:
			a.Value = slog.StringValue(levels[v])
		case time.Time:
			if a.Key == slog.TimeKey { // go-plugin takes no other form for a line of its own
				a.Value = slog.StringValue(v.Format("2006-01-02T15:04:05.000000Z07:00"))
			}
		}
		if n, ok := names[a.Key]; ok {
			a.Key = n
		}
		return a
	}})
	return slog.New(h).With("@module", id)
}

// drainOn ends the process in an orderly way when the system asks for it.
func drainOn(term <-chan os.Signal, r *Runtime) {
	<-term
	_, _ = r.Drain(context.Background(), nil) // never fails
	os.Exit(0)
}

// openStore opens the bolt engine, and lets uploads that wait for the module do
// so in its own folder: a confined module has no other.
func openStore(dir string) (store.Engine, error) {
	tmp := filepath.Join(dir, "tmp")
	if err := os.RemoveAll(tmp); err != nil { // left by a killed process
		return nil, err
	}
	if err := os.MkdirAll(tmp, 0o700); err != nil {
		return nil, err
	}
	if err := os.Setenv("TMPDIR", tmp); err != nil {
		return nil, err
	}
	return bolt.Open(dir)
}

// corePlugin is go-plugin's view of a module.
type corePlugin struct {
	plugin.NetRPCUnsupportedPlugin
	runtime *Runtime
	broker  *plugin.GRPCBroker
}

// GRPCServer registers the control lane.
func (p *corePlugin) GRPCServer(b *plugin.GRPCBroker, s *grpc.Server) error {
	p.broker = b
	wire.RegisterModuleServer(s, &thriftyModule{Runtime: p.runtime})
	return nil
}

// GRPCClient is the core's side, which the core has its own of.
func (p *corePlugin) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, fmt.Errorf("a module is no client")
}

func (p *corePlugin) dial(_ context.Context, id uint32) (Conn, error) {
	return p.broker.DialWithOptions(id, DialOptions()...)
}
