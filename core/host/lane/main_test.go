package lane

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"go.uber.org/goleak"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/wire"
)

const helper = "PREAU_LANE_HELPER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(helper); dir != "" {
		serveHelper(dir)
		return
	}
	goleak.VerifyTestMain(m)
}

// page is what both sides of the benchmark carry.
var page = &wire.WidgetResponse{Node: &wire.Node{Id: string(bytes.Repeat([]byte("preau "), 600))}}

type module struct{ wire.UnimplementedModuleServer }

func (module) Widget(context.Context, *wire.WidgetRequest) (*wire.WidgetResponse, error) {
	return page, nil
}

// serveHelper is the module's process of the benchmark: the same page over HTTP
// and over gRPC, until its standard input ends.
func serveHelper(dir string) {
	raw, _ := proto.Marshal(page)
	pages, err := net.Listen("unix", filepath.Join(dir, "http"))
	if err != nil {
		panic(err)
	}
	go http.Serve(pages, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", wire.MediaType)
		w.Header().Set("Content-Length", strconv.Itoa(len(raw))) // as the SDK does
		w.Write(raw)
	}))
	calls, err := net.Listen("unix", filepath.Join(dir, "grpc"))
	if err != nil {
		panic(err)
	}
	s := grpc.NewServer()
	wire.RegisterModuleServer(s, module{})
	go s.Serve(calls)
	os.Stdout.WriteString("ready\n")
	io.Copy(io.Discard, os.Stdin)
}

// startHelper returns the folder of the helper's sockets and its process id.
func startHelper(t testing.TB) (string, int) {
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{helper + "=" + dir}
	in, _ := cmd.StdinPipe()
	out, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	io.ReadFull(out, make([]byte, 6))
	t.Cleanup(func() { in.Close(); cmd.Wait() })
	return dir, cmd.Process.Pid
}
