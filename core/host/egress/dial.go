package egress

import (
	"context"
	"net"
	"net/netip"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
)

// connecting bounds the name's resolution and the connection's making.
const connecting = 10 * time.Second

// Resolver finds the addresses of a name; a [net.Resolver] is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// dial resolves a host once, checks every address and dials them in turn.
func (b *Broker) dial(ctx context.Context, network, hostport string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, connecting)
	defer cancel()
	host, port, err := net.SplitHostPort(hostport)
	if err != nil {
		return nil, errors.Internal(err)
	}
	found, err := b.cfg.Resolver.LookupNetIP(ctx, "ip", host+".") // absolute: no search list
	if err != nil || len(found) == 0 {
		return nil, errors.Wrap(err, errors.Unavailable, "egress.silent", "host", host)
	}
	for i, a := range found {
		if found[i] = a.Unmap(); !Public(found[i]) && !b.inside[host] {
			return nil, errors.New(errors.Denied, "egress.inside", "host", host)
		}
	}
	for _, a := range found {
		var c net.Conn
		if c, err = b.cfg.Dial(ctx, network, net.JoinHostPort(a.String(), port)); err == nil {
			return c, nil
		}
	}
	return nil, errors.Wrap(err, errors.Unavailable, "egress.silent", "host", host)
}
