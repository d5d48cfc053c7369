// Command brut is a module without the SDK, which misbehaves where the SDK does
// not let a module: before it serves. The file "fault" beside it says how.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	plugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

func main() {
	go func() {
		_, _ = io.Copy(io.Discard, os.NewFile(wire.LifelineFD, "lifeline"))
		os.Exit(1)
	}()
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig:  plugin.HandshakeConfig{ProtocolVersion: wire.Protocol, MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue},
		VersionedPlugins: map[int]plugin.PluginSet{wire.Protocol: {"module": &brut{fault: fault()}}},
		GRPCServer:       plugin.DefaultGRPCServer,
	})
}

func fault() string {
	exe, err := os.Executable()
	if err != nil {
		panic(err)
	}
	raw, err := os.ReadFile(filepath.Join(filepath.Dir(exe), "fault"))
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// brut is the module.
type brut struct {
	plugin.NetRPCUnsupportedPlugin
	wire.UnimplementedModuleServer
	fault string
}

// GRPCServer registers the control lane.
func (b *brut) GRPCServer(_ *plugin.GRPCBroker, s *grpc.Server) error {
	wire.RegisterModuleServer(s, b)
	return nil
}

// GRPCClient is the core's side.
func (*brut) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, fmt.Errorf("a module is no client")
}

// Describe lies when told to.
func (b *brut) Describe(context.Context, *wire.DescribeRequest) (*wire.DescribeResponse, error) {
	d := &wire.DescribeResponse{Id: "compteur", Version: "2.0.0", Schema: 2}
	switch b.fault {
	case "id":
		d.Id = "autre"
	case "schema":
		d.Schema = 3
	}
	return d, nil
}

// Activate behaves as long as there is no data.
func (b *brut) Activate(ctx context.Context, in *wire.ActivateRequest) (*wire.ActivateResponse, error) {
	stores, _ := filepath.Glob(filepath.Join(in.GetDataDir(), "*.db")) // the pattern is good
	if len(stores) > 0 {
		for _, s := range stores { // the worst it can do first
			if err := os.WriteFile(s, []byte("scrawl"), 0o600); err != nil {
				return nil, err
			}
		}
		switch {
		case b.fault == "crash":
			os.Exit(6)
		case strings.HasPrefix(b.fault, "hang"):
			<-ctx.Done()
			return nil, ctx.Err()
		}
	}
	l, err := net.Listen("unix", in.GetPageSocket())
	if err != nil {
		return nil, err
	}
	go func() { _ = http.Serve(l, http.HandlerFunc(page)) }()
	return &wire.ActivateResponse{}, nil
}

// Ping answers.
func (*brut) Ping(context.Context, *wire.PingRequest) (*wire.PingResponse, error) {
	return &wire.PingResponse{}, nil
}

// Widget answers the least.
func (*brut) Widget(context.Context, *wire.WidgetRequest) (*wire.WidgetResponse, error) {
	return &wire.WidgetResponse{Node: ui.Text("compteur.name")}, nil
}

// Migrate claims more than it does.
func (b *brut) Migrate(context.Context, *wire.MigrateRequest) (*wire.MigrateResponse, error) {
	return &wire.MigrateResponse{From: 1, To: 1}, nil
}

// Drain has nothing to do.
func (*brut) Drain(context.Context, *wire.DrainRequest) (*wire.DrainResponse, error) {
	return &wire.DrainResponse{}, nil
}

func page(w http.ResponseWriter, _ *http.Request) {
	body, err := proto.Marshal(ui.PageOf(ui.S("brut")))
	if err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", wire.MediaType)
	_, _ = w.Write(body)
}
