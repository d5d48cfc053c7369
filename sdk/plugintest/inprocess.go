package plugintest

import (
	"context"
	"log/slog"
	"net"
	"path/filepath"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/wire"
)

// startHere runs the module in this process, with the real lanes: gRPC and HTTP
// over Unix sockets.
func (h *Harness) startHere(t testing.TB, m *sdk.Module, short string) {
	t.Helper()
	services := serveGRPC(t, filepath.Join(short, "core"), h.core.server(nil))
	r := sdk.NewRuntime(m, sdk.Setting{
		ID: string(h.Manifest.ID), Version: h.Manifest.Version, Schema: h.Manifest.Schema, Now: h.Now,
		Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug})),
		Dial: func(context.Context, uint32) (sdk.Conn, error) {
			return dial(services, sdk.DialOptions()...)
		},
	})
	server := r.NewServer(nil)
	wire.RegisterModuleServer(server, r)
	conn, err := dial(serveGRPC(t, filepath.Join(short, "control"), server))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	h.activate(t, wire.NewModuleClient(conn), 0)
}

// activate hands the module its folder and drains it when the test ends.
func (h *Harness) activate(t testing.TB, m wire.ModuleClient, broker uint32) {
	t.Helper()
	h.module = m
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	if _, err := m.Activate(ctx, &wire.ActivateRequest{DataDir: h.Dir, PageSocket: h.socket, CoreBroker: broker, EgressSocket: h.wayOut}); err != nil {
		t.Fatalf("activate: %v", err)
	}
	t.Cleanup(h.Stop)
}

// serveGRPC serves on a Unix socket until the test ends and returns its address.
func serveGRPC(t testing.TB, socket string, s *grpc.Server) string {
	t.Helper()
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = s.Serve(l) }() // ends with Stop
	t.Cleanup(func() { s.Stop(); <-done })
	return "unix:" + socket
}

func dial(address string, opts ...grpc.DialOption) (*grpc.ClientConn, error) {
	return grpc.NewClient(address, append(opts, grpc.WithTransportCredentials(insecure.NewCredentials()))...)
}
