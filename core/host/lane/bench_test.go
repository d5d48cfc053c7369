package lane

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/wire"
)

// clients is how many callers are at work at once, whatever the cores.
const clients = 32

var viewer = &wire.Viewer{Person: "01J0000000000000000000000A", Name: "Camille Martin", FirstName: "Camille",
	School: "0750001A", SchoolName: "Collège des Tilleuls", Profile: "eleve", Locale: "fr", TimeZone: "Europe/Paris",
	Permissions: []string{"devoirs.read", "devoirs.handin"}, RequestId: "01J0000000000000000000000B",
	Groups: []*wire.Group{{Id: "5A", Name: "5e A", Kind: "classe"}}}

// BenchmarkHop compares one page through the lane with one unary gRPC call that
// carries the same bytes; both sides share the machine's cores.
func BenchmarkHop(b *testing.B) {
	dir, pid := startHelper(b)
	b.Run("lane", func(b *testing.B) {
		c := New(filepath.Join(dir, "http"))
		defer c.Close()
		header := http.Header{"Accept": {"text/html"}, "User-Agent": {"bench"}, "Accept-Language": {"fr"}, "Cookie": {"s=1"}}
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		measure(b, pid, func() error {
			raw, err := proto.Marshal(viewer)
			if err != nil {
				return err
			}
			a, err := c.Do(ctx, &Request{Method: "GET", Target: "/a-rendre", Header: header,
				Viewer: raw, Call: "0123456789abcdef0123456789abcdef", FirstByte: 15 * time.Second})
			if err != nil {
				return err
			}
			io.Copy(io.Discard, a.Body)
			return a.Body.Close()
		})
	})
	b.Run("grpc", func(b *testing.B) {
		conn, err := grpc.NewClient("passthrough:///x", grpc.WithTransportCredentials(insecure.NewCredentials()),
			grpc.WithContextDialer(func(context.Context, string) (net.Conn, error) {
				return net.Dial("unix", filepath.Join(dir, "grpc"))
			}))
		if err != nil {
			b.Fatal(err)
		}
		defer conn.Close()
		m := wire.NewModuleClient(conn)
		measure(b, pid, func() error {
			ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
			defer cancel()
			_, err := m.Widget(ctx, &wire.WidgetRequest{Viewer: viewer, Handle: "0123456789abcdef0123456789abcdef"})
			return err
		})
	})
}

func measure(b *testing.B, helper int, one func() error) {
	b.ReportAllocs()
	began := cpu(b, helper)
	var done atomic.Int64
	failed := make(chan error, clients)
	for range clients {
		go func() {
			var err error
			for err == nil && done.Add(1) <= int64(b.N) {
				err = one()
			}
			failed <- err
		}()
	}
	for range clients {
		if err := <-failed; err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(cpu(b, helper)-began)/1e3/float64(b.N), "cpu-µs/op")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}

// cpu is the processor time that this process and the helper have taken: on a
// machine with other work to do it says more than the clock.
func cpu(b *testing.B, helper int) time.Duration {
	var own syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &own); err != nil {
		b.Fatal(err)
	}
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(helper) + "/stat")
	if err != nil {
		b.Fatal(err)
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	const tick = 10 * time.Millisecond
	return time.Duration(own.Utime.Nano()+own.Stime.Nano()) + time.Duration(user+system)*tick
}
