package core

import (
	"context"
	"net"
	"net/http"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
)

// listenMetrics listens where Config.Metrics says; nil when nowhere.
func (c *Core) listenMetrics() (net.Listener, error) {
	if c.Config.Metrics == "" {
		return nil, nil
	}
	l, err := net.Listen("tcp", c.Config.Metrics)
	if err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "core.listen", "address", c.Config.Metrics)
	}
	return l, nil
}

// serveMetrics answers Prometheus there until ctx ends. The address is not that of
// the pages: where a proxy on this machine leads to those, a connection from this
// machine says nothing about who asks.
func (c *Core) serveMetrics(ctx context.Context, l net.Listener) error {
	if l == nil {
		return nil
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", c.Web.Measures())
	server := &http.Server{Handler: mux, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: time.Minute}
	closed := context.AfterFunc(ctx, func() { server.Close() })
	defer closed()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return errors.Wrap(err, errors.Unavailable, "core.listen", "address", c.Config.Metrics)
	}
	return nil
}
