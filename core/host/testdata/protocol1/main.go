// Command protocol1 is a module as it was built when the contract was protocol
// 1: nothing of it comes from today's SDK. The core must start it, for as long as
// it speaks the protocol before its own. It never changes.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"

	plugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/core/host/testdata/protocol1/wire"
)

// protocol is another one in the binaries that the core must refuse.
var protocol = "1" // wire.Protocol, as the linker can change it

func main() {
	if os.Getenv(wire.CookieKey) != wire.CookieValue {
		fmt.Fprintln(os.Stderr, "started by hand")
		os.Exit(1)
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.NewFile(wire.LifelineFD, "lifeline"))
		os.Exit(1)
	}()
	n, err := strconv.Atoi(protocol)
	if err != nil {
		panic(err)
	}
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig:  plugin.HandshakeConfig{ProtocolVersion: uint(n), MagicCookieKey: wire.CookieKey, MagicCookieValue: wire.CookieValue},
		VersionedPlugins: map[int]plugin.PluginSet{n: {"module": &old{}}},
		GRPCServer:       plugin.DefaultGRPCServer,
	})
}

// old is the module.
type old struct {
	plugin.NetRPCUnsupportedPlugin
	wire.UnimplementedModuleServer
	pages *http.Server
	count atomic.Int64
	dir   string
}

// GRPCServer registers the control lane.
func (o *old) GRPCServer(_ *plugin.GRPCBroker, s *grpc.Server) error {
	wire.RegisterModuleServer(s, o)
	return nil
}

// GRPCClient is the core's side.
func (*old) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, fmt.Errorf("a module is no client")
}

// Describe says what protocol 1 knew to say: no schema.
func (*old) Describe(context.Context, *wire.DescribeRequest) (*wire.DescribeResponse, error) {
	return &wire.DescribeResponse{Id: "ancien", Version: "1.0.0", Widgets: []string{"total"}, Interfaces: []string{"widgets"}}, nil
}

// Activate listens for pages.
func (o *old) Activate(_ context.Context, in *wire.ActivateRequest) (*wire.ActivateResponse, error) {
	l, err := net.Listen("unix", in.GetPageSocket())
	if err != nil {
		return nil, err
	}
	o.dir, o.pages = in.GetDataDir(), &http.Server{Handler: http.HandlerFunc(o.page)}
	go func() { _ = o.pages.Serve(l) }()
	return &wire.ActivateResponse{}, nil
}

// Ping answers.
func (*old) Ping(context.Context, *wire.PingRequest) (*wire.PingResponse, error) {
	return &wire.PingResponse{}, nil
}

// Widget answers how many pages were asked for.
func (o *old) Widget(context.Context, *wire.WidgetRequest) (*wire.WidgetResponse, error) {
	text := &wire.Text{Plain: strconv.FormatInt(o.count.Load(), 10)}
	return &wire.WidgetResponse{Node: &wire.Node{Kind: &wire.Node_Paragraph{Paragraph: &wire.Paragraph{Text: text}}}}, nil
}

// Drain ends the pages and leaves word that it could.
func (o *old) Drain(ctx context.Context, _ *wire.DrainRequest) (*wire.DrainResponse, error) {
	if o.pages != nil {
		_ = o.pages.Shutdown(ctx)
	}
	return &wire.DrainResponse{}, os.WriteFile(filepath.Join(o.dir, "drained"), nil, 0o600)
}

func (o *old) page(w http.ResponseWriter, _ *http.Request) {
	o.count.Add(1)
	body, err := proto.Marshal(&wire.Page{Title: &wire.Text{Plain: "Ancien"}})
	if err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", wire.MediaType)
	_, _ = w.Write(body)
}
