package main

import (
	"bytes"
	"context"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
)

// network is a network of names: where each leads, and one server behind all of
// them. Its certificate is for example.com.
type network struct {
	*Web
	server  *httptest.Server
	names   map[string][]string
	dialled []string
}

func newNetwork(t *testing.T, names map[string][]string, h http.Handler) *network {
	n := &network{server: httptest.NewTLSServer(h), names: names}
	t.Cleanup(n.server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(n.server.Certificate())
	n.Web = &Web{
		Roots: roots,
		Resolve: func(_ context.Context, host string) (all []netip.Addr, err error) {
			for _, a := range n.names[host] {
				all = append(all, netip.MustParseAddr(a))
			}
			if len(all) == 0 {
				return nil, fmt.Errorf("no such host")
			}
			return all, nil
		},
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			n.dialled = append(n.dialled, address)
			return (&net.Dialer{}).DialContext(ctx, network, n.server.Listener.Addr().String())
		},
	}
	return n
}

const publicIP = "203.0.113.7"

// answers has pages: a calendar, a way on, one that is too large.
func answers() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/edt.ics", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, timetable) })
	mux.HandleFunc("/to", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.FormValue("u"), http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/big", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bytes.Repeat([]byte("x"), maxFile+10)) })
	return mux
}

func TestFetch(t *testing.T) {
	for _, x := range []struct {
		name    string
		address string
		allowed string
		leads   string // where example.com leads
		key     string // "": it is fetched
	}{
		{"a public host that is named", "https://example.com/edt.ics", "example.com", publicIP, ""},
		{"as calendar programs write it", "webcal://example.com/edt.ics", "example.com", publicIP, ""},
		{"any host", "https://example.com/edt.ics", "*", publicIP, ""},
		{"any of a domain", "https://a.example.com/edt.ics", "*.example.com", publicIP, ""},
		{"inside, named", "https://example.com/edt.ics", "example.com", "10.0.0.5", ""},
		{"nothing allowed", "https://example.com/edt.ics", "", publicIP, "agenda.fetch.host"},
		{"another allowed", "https://example.com/edt.ics", "notexample.com *.example.com", publicIP, "agenda.fetch.host"},
		{"loopback", "https://example.com/edt.ics", "*", "127.0.0.1", "agenda.fetch.host"},
		{"loopback, six", "https://example.com/edt.ics", "*", "::1", "agenda.fetch.host"},
		{"loopback in disguise", "https://example.com/edt.ics", "*", "::ffff:127.0.0.1", "agenda.fetch.host"},
		{"private", "https://example.com/edt.ics", "*", "192.168.1.1", "agenda.fetch.host"},
		{"private, six", "https://example.com/edt.ics", "*", "fd00::1", "agenda.fetch.host"},
		{"link-local", "https://example.com/edt.ics", "*", "169.254.169.254", "agenda.fetch.host"},
		{"carrier", "https://example.com/edt.ics", "*", "100.64.0.1", "agenda.fetch.host"},
		{"no address", "https://example.com/edt.ics", "*", "0.0.0.0", "agenda.fetch.host"},
		{"one of two is private", "https://example.com/edt.ics", "*", publicIP + " 10.0.0.1", "agenda.fetch.host"},
		{"plain http", "http://example.com/edt.ics", "*", publicIP, "agenda.fetch.https"},
		{"a file", "file:///etc/passwd", "*", publicIP, "agenda.fetch.address"},
		{"another port", "https://example.com:8443/edt.ics", "*", publicIP, "agenda.fetch.address"},
		{"a password", "https://a:b@example.com/edt.ics", "*", publicIP, "agenda.fetch.address"},
		{"nothing", "", "*", publicIP, "agenda.fetch.address"},
		{"unknown", "https://nowhere.example/edt.ics", "*", publicIP, "agenda.fetch.silent"},
		{"missing", "https://example.com/rien", "*", publicIP, "agenda.fetch.status"},
		{"too large", "https://example.com/big", "*", publicIP, "agenda.import.large"},
		{"a way on", "https://example.com/to?u=/edt.ics", "*", publicIP, ""},
		{"on to http", "https://example.com/to?u=http://example.com/edt.ics", "*", publicIP, "agenda.fetch.https"},
		{"on to inside", "https://example.com/to?u=https://inside.example/edt.ics", "*", publicIP, "agenda.fetch.host"},
		{"on to a number inside", "https://example.com/to?u=https://127.0.0.1/edt.ics", "*", publicIP, "agenda.fetch.host"},
		{"on to another host", "https://example.com/to?u=https://other.example/edt.ics", "example.com", publicIP, "agenda.fetch.host"},
		{"round and round", "https://example.com/loop", "*", publicIP, "agenda.fetch.redirects"},
	} {
		n := newNetwork(t, map[string][]string{
			"example.com": strings.Fields(x.leads), "a.example.com": strings.Fields(x.leads),
			"inside.example": {"10.1.1.1"}, "other.example": {publicIP}, "127.0.0.1": {"127.0.0.1"},
		}, answers())
		src, err := n.Fetch(t.Context(), x.address, Settings{AllowedHosts: x.allowed}.hosts())
		key, _ := errors.Public(err)
		if err == nil && string(src) != timetable || err != nil && key != x.key || err == nil && x.key != "" {
			t.Errorf("%s: %v (%d bytes), want %q", x.name, err, len(src), x.key)
		}
		for _, d := range n.dialled {
			if host, _, _ := net.SplitHostPort(d); !strings.Contains(x.leads, host) || x.key == "agenda.fetch.host" && !strings.Contains(x.address, "/to") {
				t.Errorf("%s: dialled %s", x.name, d)
			}
		}
	}
}

// The name server is asked once for each connection, and what it said is what
// is dialled: a second, other answer has no effect.
func TestFetchDialsWhatItChecked(t *testing.T) {
	n := newNetwork(t, nil, answers())
	asked := 0
	n.Resolve = func(context.Context, string) ([]netip.Addr, error) {
		if asked++; asked > 1 {
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
		}
		return []netip.Addr{netip.MustParseAddr(publicIP)}, nil
	}
	if _, err := n.Fetch(t.Context(), "https://example.com/edt.ics", []string{"*"}); err != nil {
		t.Fatal(err)
	}
	if asked != 1 || len(n.dialled) != 1 || n.dialled[0] != publicIP+":443" {
		t.Errorf("asked %d times, dialled %v", asked, n.dialled)
	}
	if _, err := n.Fetch(t.Context(), "https://example.com/edt.ics", []string{"*"}); err == nil {
		t.Error("the next fetch believes the first answer")
	}
}

// A server that does not prove who it is is not believed.
func TestFetchChecksTheCertificate(t *testing.T) {
	n := newNetwork(t, map[string][]string{"example.com": {publicIP}}, answers())
	n.Roots = x509.NewCertPool()
	_, err := n.Fetch(t.Context(), "https://example.com/edt.ics", []string{"*"})
	if key, _ := errors.Public(err); key != "agenda.fetch.silent" {
		t.Errorf("%v", err)
	}
}
