package main

import (
	"context"
	"net"
	"net/http"

	plugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/encoding"
	_ "google.golang.org/grpc/encoding/proto" // the codec to spoil
	"google.golang.org/grpc/mem"

	"github.com/preau-ent/preau/sdk/wire"
)

// raw is a module without the SDK: it ignores the lifeline and every signal it
// can, and with garbage answers widgets in bytes that are no message.
func raw(garbage bool) {
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: plugin.HandshakeConfig{ProtocolVersion: wire.Protocol, MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue},
		Plugins:         plugin.PluginSet{"module": &rawPlugin{}},
		GRPCServer: func(opts []grpc.ServerOption) *grpc.Server {
			if garbage {
				opts = append(opts, grpc.ForceServerCodecV2(spoiler{encoding.GetCodecV2("proto")}))
			}
			return grpc.NewServer(opts...)
		},
	})
	select {} // told to go, it stays
}

type rawPlugin struct{ plugin.NetRPCUnsupportedPlugin }

func (*rawPlugin) GRPCServer(_ *plugin.GRPCBroker, s *grpc.Server) error {
	wire.RegisterModuleServer(s, rawModule{})
	return nil
}

func (*rawPlugin) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, nil
}

type rawModule struct{ wire.UnimplementedModuleServer }

func (rawModule) Describe(context.Context, *wire.DescribeRequest) (*wire.DescribeResponse, error) {
	return &wire.DescribeResponse{Id: "hostile", Version: "0.1.0"}, nil
}

func (rawModule) Activate(_ context.Context, in *wire.ActivateRequest) (*wire.ActivateResponse, error) {
	l, err := net.Listen("unix", in.PageSocket)
	if err != nil {
		return nil, err
	}
	go http.Serve(l, http.NotFoundHandler())
	return &wire.ActivateResponse{}, nil
}

func (rawModule) Ping(context.Context, *wire.PingRequest) (*wire.PingResponse, error) {
	return &wire.PingResponse{}, nil
}

func (rawModule) Drain(context.Context, *wire.DrainRequest) (*wire.DrainResponse, error) {
	return &wire.DrainResponse{}, nil
}

func (rawModule) Widget(context.Context, *wire.WidgetRequest) (*wire.WidgetResponse, error) {
	return &wire.WidgetResponse{Node: &wire.Node{}}, nil
}

// spoiler sends bytes that are no message in place of a widget.
type spoiler struct{ encoding.CodecV2 }

func (s spoiler) Marshal(v any) (mem.BufferSlice, error) {
	if _, ok := v.(*wire.WidgetResponse); ok {
		return mem.BufferSlice{mem.SliceBuffer("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")}, nil
	}
	return s.CodecV2.Marshal(v)
}
