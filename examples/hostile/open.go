package main

import (
	"context"
	"log/slog"
	"os"
	"sync/atomic"

	plugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/wire"
)

// toCore is the bare connection to the core's services, which the SDK keeps to
// itself: with it a module may present whatever handle it likes.
var toCore atomic.Pointer[grpc.ClientConnInterface]

// serveOpen is sdk.Serve with the connection kept in toCore.
func serveOpen(m *sdk.Module) {
	p := &openPlugin{}
	p.runtime = sdk.NewRuntime(m, sdk.Setting{ID: "hostile", Version: "0.1.0", Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
		Dial: func(_ context.Context, id uint32) (sdk.Conn, error) {
			c, err := p.broker.DialWithOptions(id, sdk.DialOptions()...)
			if err == nil {
				bare := grpc.ClientConnInterface(c)
				toCore.Store(&bare)
			}
			return c, err
		}})
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig:  plugin.HandshakeConfig{ProtocolVersion: wire.Protocol, MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue},
		VersionedPlugins: map[int]plugin.PluginSet{wire.Protocol: {"module": p}},
		GRPCServer:       p.runtime.NewServer,
	})
}

type openPlugin struct {
	plugin.NetRPCUnsupportedPlugin
	runtime *sdk.Runtime
	broker  *plugin.GRPCBroker
}

func (p *openPlugin) GRPCServer(b *plugin.GRPCBroker, s *grpc.Server) error {
	p.broker = b
	wire.RegisterModuleServer(s, p.runtime)
	return nil
}

func (*openPlugin) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, nil
}
