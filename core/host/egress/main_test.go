package egress

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/preau-ent/preau/core/host/calls"
	"github.com/preau-ent/preau/sdk/egress"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	school   = ids.SchoolID("0750655E")
	other    = ids.SchoolID("0750001A")
	module   = ids.ModuleID("agenda")
	publicIP = "93.184.215.14" // never dialled: the hook leads to the test's own listener
)

// world is the outside: where each name leads, and one server behind all of
// them, whose certificate is for example.com and what is below it.
type world struct {
	t      *testing.T
	server *httptest.Server
	book   *calls.Book
	broker *Broker
	socket string // of the module's process
	handle string // of a call that is under way for school

	mu      sync.Mutex
	ways    map[string]*egress.Client // by socket
	names   map[string][]string       // the answers of the name server, one after the other; the last stays
	dialled []string
	logged  []string
}

// LookupNetIP implements [Resolver].
func (w *world) LookupNetIP(_ context.Context, _, host string) (out []netip.Addr, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	host, absolute := strings.CutSuffix(host, ".")
	answers := w.names[host]
	if !absolute || len(answers) == 0 {
		return nil, fmt.Errorf("no such host: %s", host)
	}
	if len(answers) > 1 {
		w.names[host] = answers[1:]
	}
	for _, a := range strings.Fields(answers[0]) {
		out = append(out, netip.MustParseAddr(a))
	}
	return out, nil
}

func (w *world) dial(ctx context.Context, network, address string) (net.Conn, error) {
	w.mu.Lock()
	w.dialled = append(w.dialled, address)
	w.mu.Unlock()
	return (&net.Dialer{}).DialContext(ctx, network, w.server.Listener.Addr().String())
}

func (w *world) note(_, text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.logged = append(w.logged, text)
}

// reach returns and forgets what was dialled.
func (w *world) reach() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := w.dialled
	w.dialled = nil
	return out
}

// granted and written are what the operator and each school decided.
var (
	granted = []manifest.Capability{"net.connect:example.com", "net.connect:plain.example.com", "net.connect:inside.example.com", "net.connect:@hosts"}
	written = map[ids.SchoolID]string{school: `{"hosts":"a.example.com *.wild.example.com"}`, other: `{"hosts":["b.example.com"]}`}
)

func newWorld(t *testing.T, h http.Handler) *world {
	t.Helper()
	server := httptest.NewTLSServer(h)
	t.Cleanup(server.Close)
	w := open(t, server, nil)
	w.names = map[string][]string{"example.com": {publicIP}, "a.example.com": {publicIP}, "b.example.com": {publicIP}, "x.wild.example.com": {publicIP}}
	return w
}

func open(t *testing.T, server *httptest.Server, edit func(*Config)) *world {
	t.Helper()
	w := &world{t: t, server: server, book: &calls.Book{}, names: map[string][]string{}, ways: map[string]*egress.Client{}}
	cfg := Config{Calls: w.book, Resolver: w, Dial: w.dial, Clear: []string{"plain.example.com"}, Inside: []string{"inside.example.com"},
		Written: func(_ context.Context, s ids.SchoolID, _ ids.ModuleID) (json.RawMessage, error) {
			return json.RawMessage(written[s]), nil
		}}
	if server.TLS != nil {
		cfg.Roots = x509.NewCertPool()
		cfg.Roots.AddCert(server.Certificate())
	}
	if edit != nil {
		edit(&cfg)
	}
	w.broker = New(cfg)
	w.socket = w.process(module)
	w.handle = w.call(module, school)
	return w
}

// process opens the socket of another process.
func (w *world) process(m ids.ModuleID) string {
	w.t.Helper()
	dir, err := os.MkdirTemp("", "preau-egress-")
	check(w.t, err)
	socket := filepath.Join(dir, "egress")
	door, err := w.broker.Open(socket, Client{Module: m, Version: "1.2.0", Log: w.note,
		Granted: func() []manifest.Capability { return granted }})
	check(w.t, err)
	w.t.Cleanup(func() { door.Close(); os.RemoveAll(dir) })
	return socket
}

func (w *world) call(m ids.ModuleID, s ids.SchoolID) string {
	return w.book.Open(&calls.Call{Module: m, School: s})
}

// client is http.Client as a module of this handle has it.
func (w *world) client(socket, handle string) *http.Client {
	w.mu.Lock()
	defer w.mu.Unlock()
	way := w.ways[socket]
	if way == nil {
		way = egress.NewClient(socket)
		w.ways[socket] = way
		w.t.Cleanup(way.Close)
	}
	return &http.Client{Transport: trip(func(r *http.Request) (*http.Response, error) {
		return way.Do(w.t.Context(), handle, r)
	})}
}

type trip func(*http.Request) (*http.Response, error)

func (f trip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// get asks for an address and returns the key of the refusal, "" when there is none.
func (w *world) get(address string) (body, key string) {
	w.t.Helper()
	a, err := w.client(w.socket, w.handle).Get(address)
	if err != nil {
		return "", keyOf(w.t, err)
	}
	defer a.Body.Close()
	return text(w.t, a), ""
}

// keyOf wants every failure to be an error of package errors.
func keyOf(t *testing.T, err error) string {
	t.Helper()
	var own *errors.Error
	if !errors.As(err, &own) {
		t.Errorf("not one of our errors: %v", err)
		return err.Error()
	}
	return own.Key
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}
