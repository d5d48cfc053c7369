package egress

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/preau-ent/preau/core/host/calls"
	"github.com/preau-ent/preau/sdk/egress"
	"github.com/preau-ent/preau/sdk/ids"
)

// Config is what a broker needs.
type Config struct {
	Calls *calls.Book
	// Written returns what a school itself wrote in a module's settings.
	Written func(ctx context.Context, school ids.SchoolID, module ids.ModuleID) (json.RawMessage, error)
	Clear   []string // hosts that the operator allows without TLS
	Inside  []string // hosts that the operator allows though their address is not public

	Resolver Resolver                                                             // nil: the system's
	Dial     func(ctx context.Context, network, address string) (net.Conn, error) // nil: the system's
	Roots    *x509.CertPool                                                       // nil: the system's
}

// Broker is the way out of all modules. It is safe for concurrent use.
type Broker struct {
	cfg           Config
	clear, inside map[string]bool
	metrics       *metrics
	within        time.Duration // of one exchange

	mu      sync.Mutex
	modules map[ids.ModuleID]*allowance
}

// New returns a broker; [Broker.Open] lets a process use it.
func New(cfg Config) *Broker {
	if cfg.Resolver == nil {
		cfg.Resolver = net.DefaultResolver
	}
	if cfg.Dial == nil {
		cfg.Dial = (&net.Dialer{Timeout: connecting}).DialContext
	}
	return &Broker{cfg: cfg, clear: named(cfg.Clear), inside: named(cfg.Inside), metrics: newMetrics(), within: egress.Within,
		modules: map[ids.ModuleID]*allowance{}}
}

func named(hosts []string) map[string]bool {
	out := map[string]bool{}
	for _, h := range hosts {
		if h, ok := egress.Host(h); ok {
			out[h] = true
		}
	}
	return out
}

func (b *Broker) allowance(module ids.ModuleID) *allowance {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.modules[module] == nil {
		b.modules[module] = newAllowance()
	}
	return b.modules[module]
}

// transport speaks HTTP/1.1, TLS 1.2 at least, to no proxy, and keeps few
// connections; each process has its own.
func (b *Broker) transport() *http.Transport {
	one := new(http.Protocols)
	one.SetHTTP1(true)
	return &http.Transport{
		DialContext:     b.dial,
		TLSClientConfig: &tls.Config{RootCAs: b.cfg.Roots, MinVersion: tls.VersionTLS12},
		Protocols:       one, DisableCompression: true, TLSHandshakeTimeout: connecting,
		MaxResponseHeaderBytes: egress.MaxHeader, MaxIdleConns: 16, MaxIdleConnsPerHost: 4, IdleConnTimeout: 30 * time.Second,
	}
}
