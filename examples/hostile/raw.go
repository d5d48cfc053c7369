package main

import (
	"context"
	"net"
	"net/http"
	"sync/atomic"

	plugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/encoding"
	_ "google.golang.org/grpc/encoding/proto" // the codec to spoil
	"google.golang.org/grpc/mem"

	"github.com/preau-ent/preau/sdk/wire"
)

// rawKind is how a module without the SDK misbehaves.
type rawKind int

const (
	rawAnswers  rawKind = iota // every call in order, but it does not leave
	rawSpoils                  // widgets are bytes that are no message
	rawHangs                   // after its first widget it answers nothing
	rawPretends                // it says that it is its neighbour
)

// raw is a module without the SDK: it ignores the lifeline and every signal it can.
func raw(kind rawKind) {
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: plugin.HandshakeConfig{ProtocolVersion: wire.Protocol, MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue},
		Plugins:         plugin.PluginSet{"module": &rawPlugin{kind: kind}},
		GRPCServer: func(opts []grpc.ServerOption) *grpc.Server {
			if kind == rawSpoils {
				opts = append(opts, grpc.ForceServerCodecV2(spoiler{encoding.GetCodecV2("proto")}))
			}
			return grpc.NewServer(opts...)
		},
	})
	select {} // told to go, it stays
}

type rawPlugin struct {
	plugin.NetRPCUnsupportedPlugin
	kind rawKind
}

func (p *rawPlugin) GRPCServer(_ *plugin.GRPCBroker, s *grpc.Server) error {
	wire.RegisterModuleServer(s, &rawModule{kind: p.kind})
	return nil
}

func (*rawPlugin) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, nil
}

type rawModule struct {
	wire.UnimplementedModuleServer
	kind rawKind
	hung atomic.Bool
}

func (m *rawModule) Describe(context.Context, *wire.DescribeRequest) (*wire.DescribeResponse, error) {
	if m.kind == rawPretends {
		return &wire.DescribeResponse{Id: "voisin", Version: "0.1.0"}, nil
	}
	return &wire.DescribeResponse{Id: "hostile", Version: "0.1.0"}, nil
}

func (*rawModule) Activate(_ context.Context, in *wire.ActivateRequest) (*wire.ActivateResponse, error) {
	l, err := net.Listen("unix", in.PageSocket)
	if err != nil {
		return nil, err
	}
	go http.Serve(l, http.NotFoundHandler())
	return &wire.ActivateResponse{}, nil
}

func (m *rawModule) Ping(context.Context, *wire.PingRequest) (*wire.PingResponse, error) {
	m.wait()
	return &wire.PingResponse{}, nil
}

func (m *rawModule) Drain(context.Context, *wire.DrainRequest) (*wire.DrainResponse, error) {
	m.wait()
	return &wire.DrainResponse{}, nil
}

func (m *rawModule) Widget(context.Context, *wire.WidgetRequest) (*wire.WidgetResponse, error) {
	m.hung.Store(m.kind == rawHangs)
	m.wait()
	return &wire.WidgetResponse{Node: &wire.Node{}}, nil
}

func (m *rawModule) wait() {
	if m.hung.Load() {
		select {}
	}
}

// spoiler sends bytes that are no message in place of a widget.
type spoiler struct{ encoding.CodecV2 }

func (s spoiler) Marshal(v any) (mem.BufferSlice, error) {
	if _, ok := v.(*wire.WidgetResponse); ok {
		return mem.BufferSlice{mem.SliceBuffer("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")}, nil
	}
	return s.CodecV2.Marshal(v)
}
