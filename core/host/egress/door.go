package egress

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"os"
	"sync"
	"time"

	"golang.org/x/net/netutil"

	"github.com/preau-ent/preau/sdk/egress"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// opened is how many connections of one process are looked at.
const opened = 64

// Client is the process behind a socket.
type Client struct {
	Module  ids.ModuleID
	Version string
	Granted func() []manifest.Capability // what it asks for and was granted, now
	Log     func(level, text string)     // the module's own log
}

// door is the socket of one process.
type door struct {
	broker    *Broker
	client    Client
	allowance *allowance
	transport *http.Transport
	proxy     *httputil.ReverseProxy
	http      *http.Server
	end       context.CancelFunc // of every exchange under way
	served    chan struct{}
	conns     sync.WaitGroup
}

// Open serves a socket that only this user may open, until it is closed; then
// what is under way ends at once.
func (b *Broker) Open(socket string, c Client) (io.Closer, error) {
	l, err := net.Listen("unix", socket)
	if err != nil {
		return nil, errors.Internal(err)
	}
	if err := os.Chmod(socket, 0o600); err != nil {
		l.Close()
		return nil, errors.Internal(err)
	}
	base, end := context.WithCancel(context.Background())
	d := &door{broker: b, client: c, allowance: b.allowance(c.Module), transport: b.transport(), end: end, served: make(chan struct{})}
	quiet := log.New(io.Discard, "", 0) // net/http would name addresses
	d.proxy = &httputil.ReverseProxy{Transport: d.transport, Rewrite: d.rewrite, ModifyResponse: d.receive,
		ErrorHandler: d.fail, FlushInterval: -1, ErrorLog: quiet}
	d.http = &http.Server{Handler: d, ErrorLog: quiet, MaxHeaderBytes: egress.MaxHeader,
		ReadHeaderTimeout: egress.Within, IdleTimeout: time.Minute,
		BaseContext: func(net.Listener) context.Context { return base }, ConnState: d.count}
	go func() {
		defer close(d.served)
		_ = d.http.Serve(netutil.LimitListener(l, opened)) // ends with Close
	}()
	return d, nil
}

// count follows the connections; none is new once Serve returned.
func (d *door) count(_ net.Conn, s http.ConnState) {
	switch s {
	case http.StateNew:
		d.conns.Add(1)
	case http.StateClosed:
		d.conns.Done()
	}
}

// Close implements io.Closer.
func (d *door) Close() error {
	d.end()
	err := d.http.Close()
	<-d.served
	d.conns.Wait()
	d.transport.CloseIdleConnections()
	return err
}
