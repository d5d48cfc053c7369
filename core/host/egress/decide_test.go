package egress

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/wire"
)

func hello() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hello from "+r.Host+r.URL.Path) })
}

func text(t *testing.T, a *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(a.Body)
	check(t, err)
	return string(b)
}

// TestWhere: an address goes out when scheme, name, grant and address are right,
// and nothing at all is dialled when one is not.
func TestWhere(t *testing.T) {
	w := newWorld(t, hello())
	for _, x := range []struct{ address, leads, key string }{
		{"https://example.com/x", publicIP, ""},
		{"https://EXAMPLE.com./x", publicIP, ""},
		{"https://example.com:443/x", publicIP, ""},
		{"https://a.example.com/", publicIP, ""},                   // written by the school
		{"https://x.wild.example.com/", publicIP, "egress.silent"}, // covered; the certificate is for one label
		{"https://b.example.com/", publicIP, "egress.host"},        // written by another school
		{"https://wild.example.com/", publicIP, "egress.host"},
		{"https://notexample.com/", publicIP, "egress.host"},
		{"https://example.com.evil.fr/", publicIP, "egress.host"},
		{"http://example.com/", publicIP, "egress.https"},
		{"ftp://example.com/", publicIP, "egress.https"},
		{"https://example.com:8443/", publicIP, "egress.address"},
		{"https://example.com:80/", publicIP, "egress.address"},
		{"https://user:word@example.com/", publicIP, "egress.address"},
		{"https://127.0.0.1/", publicIP, "egress.address"},
		{"https://[::1]/", publicIP, "egress.address"},
		{"https://2130706433/", publicIP, "egress.address"},
		{"https://0x7f.1/", publicIP, "egress.address"},
		{"https://localhost/", publicIP, "egress.address"},
		{"https://example.com/", "", "egress.silent"}, // no such name
		{"https://example.com/", "127.0.0.1", "egress.inside"},
		{"https://example.com/", "::ffff:127.0.0.1", "egress.inside"},
		{"https://example.com/", "10.1.2.3", "egress.inside"},
		{"https://example.com/", "169.254.169.254", "egress.inside"},
		{"https://example.com/", "100.64.0.9", "egress.inside"},
		{"https://example.com/", "fd00::1", "egress.inside"},
		{"https://example.com/", "64:ff9b::a00:1", "egress.inside"},
		{"https://example.com/", publicIP + " 192.168.0.1", "egress.inside"}, // one of two
	} {
		w.broker.modules[module] = newAllowance() // the rate is another test's
		w.names["example.com"] = []string{x.leads}
		if x.leads == "" {
			w.names["example.com"] = nil
		}
		w.end() // no connection that was made before
		_, key := w.get(x.address)
		if key != x.key {
			t.Errorf("%s → %s: %q, want %q", x.address, x.leads, key, x.key)
		}
		dialled := w.reach()
		if x.key == "" || x.key == "egress.silent" && x.leads != "" {
			wants(t, x.address, dialled, publicIP+":443")
		} else {
			wants(t, x.address, dialled)
		}
	}
}

// end closes the connections to the outside that wait for more.
func (w *world) end() { w.server.CloseClientConnections() }

// TestRebinding: a name is asked once for a connection, and what was checked is
// what is dialled; a name that moved inside meanwhile is refused.
func TestRebinding(t *testing.T) {
	w := newWorld(t, hello())
	w.names["example.com"] = []string{publicIP, "127.0.0.1"}
	if body, key := w.get("https://example.com/x"); body != "hello from example.com/x" {
		t.Errorf("%q %q", body, key)
	}
	wants(t, "first", w.reach(), publicIP+":443")
	if _, key := w.get("https://example.com/y"); key != "" { // on the connection that is there
		t.Errorf("again: %q", key)
	}
	wants(t, "on the same connection", w.reach())
	w.end()
	var key string
	for key == "" { // until the broker knows that the connection is gone
		_, key = w.get("https://example.com/z")
	}
	if key != "egress.inside" {
		t.Errorf("moved: %q", key)
	}
	wants(t, "second", w.reach())
}

// TestRedirect: each hop is a request of its own.
func TestRedirect(t *testing.T) {
	w := newWorld(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if to := r.FormValue("to"); to != "" {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		fmt.Fprint(w, "there")
	}))
	w.names["example.com"], w.names["inside.example"] = []string{publicIP}, []string{"10.0.0.1"}
	for to, key := range map[string]string{
		"/next":                    "",
		"https://a.example.com/":   "",
		"https://b.example.com/":   "egress.host",
		"https://inside.example/":  "egress.host",
		"http://example.com/":      "egress.https",
		"https://127.0.0.1/":       "egress.address",
		"https://169.254.169.254/": "egress.address",
		"file:///etc/passwd":       "egress.https",
	} {
		if _, got := w.get("https://example.com/?to=" + to); got != key {
			t.Errorf("to %s: %q, want %q", to, got, key)
		}
	}
}

// TestHandle: only a handle of this module, while its call lasts, and of the
// call's own school.
func TestHandle(t *testing.T) {
	w := newWorld(t, hello())
	over := w.call(module, school)
	w.book.Close(over)
	for name, x := range map[string]struct{ handle, address, key string }{
		"its own":               {w.handle, "https://example.com/", ""},
		"no handle":             {"", "https://example.com/", "host.handle"},
		"guessed":               {"00000000000000000000000000000000", "https://example.com/", "host.handle"},
		"another module's":      {w.call("voisin", school), "https://example.com/", "host.handle"},
		"after its call":        {over, "https://example.com/", "host.handle"},
		"another school's call": {w.call(module, other), "https://a.example.com/", "egress.host"},
		"that school's host":    {w.call(module, other), "https://b.example.com/", ""},
	} {
		a, err := w.client(w.socket, x.handle).Get(x.address)
		key := ""
		if err != nil {
			key = keyOf(t, err)
		} else {
			a.Body.Close()
		}
		if key != x.key {
			t.Errorf("%s: %q, want %q", name, key, x.key)
		}
	}
	// Two handles in one request are none.
	r, _ := http.NewRequest("GET", "https://example.com/", nil)
	r.Header[wire.HeaderCall] = []string{w.handle, w.handle}
	if status, _ := w.raw(r.Header, "GET https://example.com/ HTTP/1.1"); status != http.StatusForbidden {
		t.Errorf("two handles: %d", status)
	}
}

// raw writes a request as a hostile module could.
func (w *world) raw(h http.Header, line string) (status int, a *http.Response) {
	w.t.Helper()
	c, err := net.Dial("unix", w.socket)
	check(w.t, err)
	defer c.Close()
	var b strings.Builder
	fmt.Fprintf(&b, "%s\r\nHost: example.com\r\n", line)
	check(w.t, h.Write(&b))
	b.WriteString("\r\n")
	_, err = io.WriteString(c, b.String())
	check(w.t, err)
	a, err = http.ReadResponse(newReader(c), nil)
	check(w.t, err)
	defer a.Body.Close()
	return a.StatusCode, a
}

// TestLine: only whole addresses, only plain methods; the Host header decides
// nothing.
func TestLine(t *testing.T) {
	w := newWorld(t, hello())
	for line, want := range map[string]int{
		"GET https://example.com/ HTTP/1.1":         200,
		"GET https://b.example.com/ HTTP/1.1":       403, // Host: example.com
		"GET / HTTP/1.1":                            422,
		"CONNECT example.com:443 HTTP/1.1":          422,
		"TRACE https://example.com/ HTTP/1.1":       422,
		"BREW https://example.com/ HTTP/1.1":        422,
		"GET http://example.com/ HTTP/1.1":          422,
		"GET https://example.com@evil.fr/ HTTP/1.1": 422,
		"GET //example.com/ HTTP/1.1":               422,
		"GET https://example.com%00.fr/ HTTP/1.1":   400,
	} {
		if status, _ := w.raw(http.Header{wire.HeaderCall: {w.handle}}, line); status != want {
			t.Errorf("%s: %d, want %d", line, status, want)
		}
	}
}

// TestOperatorsHosts: what the operator named may be in clear, or inside.
func TestOperatorsHosts(t *testing.T) {
	server := httptest.NewServer(hello())
	t.Cleanup(server.Close)
	w := open(t, server, nil)
	w.names["plain.example.com"] = []string{publicIP}
	if body, key := w.get("http://plain.example.com/x"); body != "hello from plain.example.com/x" {
		t.Errorf("in clear: %q %q", body, key)
	}
	wants(t, "in clear", w.reach(), publicIP+":80")
	w.names["plain.example.com"] = []string{"127.0.0.1"}
	w.end()
	if _, key := w.get("http://plain.example.com:443/x"); key != "egress.address" {
		t.Errorf("in clear on another port: %q", key)
	}
	secure := newWorld(t, hello())
	secure.names["inside.example.com"] = []string{"10.9.8.7"}
	_, _ = secure.get("https://inside.example.com/")
	wants(t, "inside", secure.reach(), "10.9.8.7:443")
}
