// Command grafana is the benchmark's baseline: a resource call as Grafana makes
// it to a plugin written with its SDK, in a Go module of its own. It starts
// itself as the plugin, and for each line "CONNECTIONS DURATION" that it reads
// it calls as often as it can and prints calls per second and the median in
// microseconds.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/grpcplugin"
	hclog "github.com/hashicorp/go-hclog"
	plugin "github.com/hashicorp/go-plugin"
)

func main() {
	if len(os.Args) != 2 {
		stop(fmt.Errorf("usage: grafana FILE-OF-THE-ANSWER"))
	}
	if os.Getenv(grpcplugin.MagicCookieKey) == grpcplugin.MagicCookieValue {
		check(servePlugin(os.Args[1]))
		return
	}
	client := plugin.NewClient(&plugin.ClientConfig{
		Cmd: exec.Command(os.Args[0], os.Args[1]),
		HandshakeConfig: plugin.HandshakeConfig{ProtocolVersion: grpcplugin.ProtocolVersion,
			MagicCookieKey: grpcplugin.MagicCookieKey, MagicCookieValue: grpcplugin.MagicCookieValue},
		VersionedPlugins: map[int]plugin.PluginSet{grpcplugin.ProtocolVersion: {"resource": &grpcplugin.ResourceGRPCPlugin{}}},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		Logger:           hclog.NewNullLogger(),
	})
	defer client.Kill()
	rpc, err := client.Client()
	check(err)
	raw, err := rpc.Dispense("resource")
	check(err)
	c := &caller{client: raw.(grpcplugin.ResourceClient)}
	if c.size, err = c.call(context.Background()); err != nil || c.size == 0 {
		stop(fmt.Errorf("first call: %d bytes, %v", c.size, err))
	}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var conns int
		var span string
		_, err := fmt.Sscan(lines.Text(), &conns, &span)
		check(err)
		d, err := time.ParseDuration(span)
		check(err)
		rate, p50, err := measure(conns, d, c)
		check(err)
		fmt.Println(rate, p50)
	}
}

// caller asks as Grafana's own plugin client does: its request made into a
// message, one stream for each call, every part made into a response again.
type caller struct {
	client grpcplugin.ResourceClient
	size   int
}

func (c *caller) call(ctx context.Context) (size int, err error) {
	req := &backend.CallResourceRequest{
		PluginContext: backend.PluginContext{OrgID: 1, PluginID: "bench-app", PluginVersion: "0.1.0", APIVersion: "v0alpha1",
			User:                &backend.User{Login: "lou.martin", Name: "Lou Martin", Email: "lou@example.org", Role: "Viewer"},
			AppInstanceSettings: &backend.AppInstanceSettings{JSONData: []byte(`{}`), Updated: updated}},
		Path: "page", Method: "GET", URL: "page",
		Headers: map[string][]string{"Accept": {"text/html"}, "User-Agent": {"bench"}},
	}
	stream, err := c.client.CallResource(ctx, backend.ToProto().CallResourceRequest(req))
	if err != nil {
		return 0, err
	}
	for {
		part, err := stream.Recv()
		if err != nil {
			return size, end(err)
		}
		answer := backend.FromProto().CallResourceResponse(part)
		if answer.Status != 0 && answer.Status != 200 {
			return size, fmt.Errorf("status %d", answer.Status)
		}
		size += len(answer.Body)
	}
}

var updated = time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
