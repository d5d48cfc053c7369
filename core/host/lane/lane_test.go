package lane

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

// serve starts a module's page server and returns a client of it.
func serve(t testing.TB, handler http.HandlerFunc) *Client {
	t.Helper()
	socket := filepath.Join(t.TempDir(), "page")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: handler}
	done := make(chan struct{})
	go func() { defer close(done); s.Serve(l) }()
	c := New(socket)
	t.Cleanup(func() { c.Close(); s.Close(); <-done })
	return c
}

// script starts a server that reads one request's head and answers in these
// very bytes, then closes.
func script(t testing.TB, answer string) *Client {
	t.Helper()
	socket := filepath.Join(t.TempDir(), "page")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer conn.Close()
				conn.Read(make([]byte, 4096))
				io.WriteString(conn, answer)
			})
		}
	})
	c := New(socket)
	t.Cleanup(func() { c.Close(); l.Close(); all.Wait() })
	return c
}

// duplex is what the SDK does for every request.
func duplex(w http.ResponseWriter) { http.NewResponseController(w).EnableFullDuplex() }

func get(path string) *Request {
	return &Request{Method: "GET", Target: path, Base: "/m/x", FirstByte: 10 * time.Second}
}

func post(body io.Reader, length int64) *Request {
	return &Request{Method: "POST", Target: "/", Base: "/m/x", Body: body, Length: length, FirstByte: 10 * time.Second}
}

func do(t testing.TB, c *Client, r *Request) (*Answer, []byte) {
	t.Helper()
	a, err := c.Do(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	a.Body.Close()
	return a, b
}

// plain hides what kind of reader it is: such a body is streamed.
type plain struct{ io.Reader }

// TestEcho: httputil.ReverseProxy cut one in 3,000 echoed posts.
func TestEcho(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) { duplex(w); io.Copy(w, r.Body) })
	body := make([]byte, 64<<10)
	rand.Read(body)
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := range 500 {
				length := int64(len(body))
				if i%2 == 1 {
					length = -1
				}
				a, err := c.Do(t.Context(), post(plain{bytes.NewReader(body)}, length))
				if err != nil {
					t.Errorf("%d/%d: %v", worker, i, err)
					return
				}
				got, err := io.ReadAll(a.Body)
				a.Body.Close()
				if err != nil || !bytes.Equal(got, body) {
					t.Errorf("%d/%d: %d bytes of %d came back (%v)", worker, i, len(got), len(body), err)
					return
				}
			}
		})
	}
	all.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := len(c.idle); n == 0 || n > 9 {
		t.Errorf("%d connections kept by 8 workers", n)
	}
}

// TestEarlyAnswer: fasthttp's client hung at 1 MB when the server answered
// before it had read the body.
func TestEarlyAnswer(t *testing.T) {
	for _, full := range []bool{false, true} {
		for _, length := range []int64{1 << 20, -1} {
			t.Run(fmt.Sprintf("duplex=%v/length=%d", full, length), func(t *testing.T) {
				c := serve(t, func(w http.ResponseWriter, r *http.Request) {
					if full {
						duplex(w)
					}
					w.WriteHeader(http.StatusForbidden)
					io.WriteString(w, "no")
				})
				for range 20 {
					a, b := do(t, c, post(plain{bytes.NewReader(make([]byte, 1<<20))}, length))
					if a.Status != http.StatusForbidden || string(b) != "no" {
						t.Fatalf("%d %q", a.Status, b)
					}
				}
			})
		}
	}
}

// TestDuplex: the answer begins before the request's body ends.
func TestDuplex(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		duplex(w)
		for b := make([]byte, 100); ; {
			n, err := r.Body.Read(b)
			w.Write(b[:n])
			http.NewResponseController(w).Flush()
			if err != nil {
				return
			}
		}
	})
	in, out := io.Pipe()
	go io.WriteString(out, "one")
	a, err := c.Do(t.Context(), post(in, -1))
	if err != nil {
		t.Fatal(err)
	}
	got := make([]byte, 3)
	for _, word := range []string{"one", "two", "six"} {
		if _, err := io.ReadFull(a.Body, got); err != nil || string(got) != word {
			t.Fatalf("%q %v, want %q", got, err, word)
		}
		if word != "six" {
			next := map[string]string{"one": "two", "two": "six"}[word]
			go io.WriteString(out, next)
		}
	}
	out.Close()
	if rest, err := io.ReadAll(a.Body); err != nil || len(rest) > 0 {
		t.Errorf("%q %v after the end", rest, err)
	}
	a.Body.Close()
}

// TestBrokenUpload: a body that breaks off never looks whole to the module, and
// its reader is not touched once Do has returned.
func TestBrokenUpload(t *testing.T) {
	whole := make(chan bool, 1)
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, err := io.Copy(io.Discard, r.Body)
		whole <- err == nil
	})
	for _, length := range []int64{-1, 1000} {
		body := io.MultiReader(strings.NewReader("half"), broken{})
		_, err := c.Do(t.Context(), post(body, length))
		if errors.KindOf(err) != errors.Cancelled {
			t.Errorf("length %d: %v", length, err)
		}
		if <-whole {
			t.Errorf("length %d: half a body looked whole", length)
		}
	}
	if _, err := c.Do(t.Context(), post(plain{strings.NewReader("short")}, 1000)); errors.KindOf(err) != errors.Cancelled {
		t.Errorf("a body shorter than announced: %v", err)
	}
	if <-whole {
		t.Error("a short body looked whole")
	}
	limit := errors.New(errors.TooLarge, "x")
	if _, err := c.Do(t.Context(), post(io.MultiReader(strings.NewReader("half"), failing{limit}), -1)); errors.KindOf(err) != errors.TooLarge {
		t.Errorf("over a limit: %v", err)
	}
	<-whole
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// TestHeaders: what may not pass does not, either way.
func TestHeaders(t *testing.T) {
	viewer := &wire.Viewer{Person: "p", Permissions: []string{"x.read"}}
	raw, _ := proto.Marshal(viewer)
	flash, _ := proto.Marshal(&wire.Text{Key: "x.saved"})
	seen := make(chan http.Header, 1)
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen <- r.Header.Clone()
		for k, v := range map[string]string{
			"Set-Cookie": "a=b", "Content-Security-Policy": "default-src *", "Strict-Transport-Security": "max-age=0",
			"X-Frame-Options": "ALLOWALL", "Access-Control-Allow-Origin": "*", "Refresh": "0;url=//evil", "Link": "</x>; rel=preload",
			"Preau-Other": "1", "Clear-Site-Data": "*", "Content-Type": wire.MediaType, "Etag": `"1"`, "Cache-Control": "private",
			wire.HeaderFlash: base64.RawURLEncoding.EncodeToString(flash), wire.HeaderFile: "F1",
		} {
			w.Header().Set(k, v)
		}
	})
	r := get("/a?b=c")
	r.Viewer, r.Call = raw, "handle"
	r.Header = http.Header{
		"Cookie": {"secret"}, "Authorization": {"Basic x"}, "Preau-Viewer": {"forged"}, "preau-call": {"forged"}, "Origin": {"https://a"},
		"X-Forwarded-For": {"1.2.3.4"}, "Connection": {"keep-alive, X-Hop"}, "X-Hop": {"1"}, "Transfer-Encoding": {"chunked"},
		"Content-Length": {"10"}, "Accept": {"text/html"}, "X-Bad": {"a\r\nCookie: b"}, "Bad Name": {"1"}, "Host": {"evil"},
	}
	a, _ := do(t, c, r)
	in := <-seen
	for k, v := range in {
		switch k {
		case "Accept":
		case wire.HeaderCall:
			if len(v) != 1 || v[0] != "handle" {
				t.Errorf("handle %q", v)
			}
		case wire.HeaderViewer:
			got := new(wire.Viewer)
			b, err := base64.RawURLEncoding.DecodeString(v[0])
			if err != nil || len(v) != 1 || proto.Unmarshal(b, got) != nil || !proto.Equal(got, viewer) {
				t.Errorf("viewer %q", v)
			}
		default:
			t.Errorf("%s: %q reached the module", k, v)
		}
	}
	for k := range a.Header {
		switch k {
		case "Content-Type", "Etag", "Cache-Control":
		default:
			t.Errorf("%s left the module", k)
		}
	}
	if !a.Tree || a.File != "F1" || a.Flash.GetKey() != "x.saved" {
		t.Errorf("tree %v, file %q, flash %v", a.Tree, a.File, a.Flash)
	}
}

// TestLocation: a module sends people only to its own pages.
func TestLocation(t *testing.T) {
	for _, c := range []struct {
		location, want string
	}{
		{"/devoir/1?x=//y", "/m/x/devoir/1?x=//y"},
		{"/", "/m/x/"},
		{"//evil.example", ""},
		{"/\\evil", ""},
		{"https://evil.example/", ""},
		{"/../deconnexion", ""},
		{"/%2e%2e/deconnexion", ""},
		{"/a/%2E./b", ""},
		{"/a%2f..%2fb", ""},
		{"devoir", ""},
		{"", ""},
		{"javascript:alert(1)", ""},
	} {
		got, ok := inside("/m/x", c.location)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%q leads to %q", c.location, got)
		}
	}
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", r.URL.Query().Get("to"))
		w.WriteHeader(http.StatusSeeOther)
	})
	if a, _ := do(t, c, get("/?to=/ok")); a.Header.Get("Location") != "/m/x/ok" {
		t.Errorf("Location %q", a.Header.Get("Location"))
	}
	if _, err := c.Do(t.Context(), get("/?to=//evil")); errors.KindOf(err) != errors.Unavailable {
		t.Errorf("a way out: %v", err)
	}
}

// TestGarbage: whatever the other side says, an error comes and nothing hangs.
func TestGarbage(t *testing.T) {
	for name, answer := range map[string]string{
		"nothing":      "",
		"noise":        "\x00\xff\xfe\n\n",
		"half a head":  "HTTP/1.1 200 OK\r\nContent-Ty",
		"endless head": "HTTP/1.1 200 OK\r\n" + strings.Repeat("X-A: "+strings.Repeat("a", 1000)+"\r\n", 200) + "\r\n",
		"only 100":     strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 20),
		"unasked 101":  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
		"two lengths":  "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
		"flash":        "HTTP/1.1 200 OK\r\nPreau-Flash: ***\r\nContent-Length: 0\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			c := script(t, answer)
			if _, err := c.Do(t.Context(), get("/")); errors.KindOf(err) != errors.Unavailable {
				t.Errorf("%v", err)
			}
		})
	}
	t.Run("cut body", func(t *testing.T) {
		c := script(t, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
		a, err := c.Do(t.Context(), get("/"))
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(a.Body); err == nil {
			t.Errorf("%q looked whole", b)
		}
		a.Body.Close()
		if len(c.idle) > 0 {
			t.Error("a broken connection was kept")
		}
	})
	t.Run("words too many", func(t *testing.T) {
		c := script(t, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison")
		if _, b := do(t, c, get("/")); string(b) != "ok" {
			t.Errorf("%q", b)
		}
		if _, b := do(t, c, get("/")); string(b) != "ok" {
			t.Errorf("the second answer was %q", b)
		}
	})
}

// TestStale: a kept connection that the module closed costs nobody anything.
func TestStale(t *testing.T) {
	var conns sync.Map
	socket := filepath.Join(t.TempDir(), "page")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{
		Handler:   http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) }),
		ConnState: func(c net.Conn, state http.ConnState) { conns.Store(c, state) },
	}
	done := make(chan struct{})
	go func() { defer close(done); s.Serve(l) }()
	defer func() { s.Close(); <-done }()
	c := New(socket)
	defer c.Close()
	cut := func() { conns.Range(func(k, _ any) bool { k.(net.Conn).Close(); return true }) }
	for range 50 {
		do(t, c, get("/"))
		cut()
		if _, b := do(t, c, post(strings.NewReader("once"), 4)); string(b) != "once" {
			t.Fatalf("%q", b)
		}
		cut()
	}
}

// TestGone: the module ended while its connection was kept.
func TestGone(t *testing.T) {
	c := script(t, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
	do(t, c, get("/"))
	if len(c.idle) != 1 {
		t.Fatalf("%d connections kept", len(c.idle))
	}
	c.socket += ".gone"
	if _, err := c.Do(t.Context(), get("/")); errors.KindOf(err) != errors.Unavailable {
		t.Errorf("%v", err)
	}
}

// TestDeadlines: the first byte has its time, streams have all of it, and the
// end of a context is noticed at once.
func TestDeadlines(t *testing.T) {
	release := make(chan struct{})
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/half" {
			w.Header().Set("Content-Length", "10")
			io.WriteString(w, "half")
			http.NewResponseController(w).Flush()
		}
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	defer close(release)
	r := get("/")
	r.FirstByte = 30 * time.Millisecond
	if _, err := c.Do(t.Context(), r); errors.KindOf(err) != errors.Timeout {
		t.Errorf("no first byte: %v", err)
	}
	r = post(plain{strings.NewReader("x")}, -1)
	r.FirstByte = 30 * time.Millisecond
	if _, err := c.Do(t.Context(), r); errors.KindOf(err) != errors.Timeout {
		t.Errorf("no first byte after a body: %v", err)
	}
	r = get("/half")
	r.FirstByte = 30 * time.Millisecond
	a, err := c.Do(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(a.Body); err == nil {
		t.Error("a module that fell silent looked whole")
	}
	a.Body.Close()

	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	r = get("/")
	r.FirstByte = 0
	if _, err := c.Do(ctx, r); errors.KindOf(err) != errors.Timeout {
		t.Errorf("the context's deadline: %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	a, err = c.Do(ctx, get("/half"))
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := io.ReadAll(a.Body); err == nil {
		t.Error("reading went on after the context ended")
	}
	a.Body.Close()
	if len(c.idle) > 0 {
		t.Error("a connection whose context ended was kept")
	}
}

// TestHungUpload: a module that reads nothing does not hold the upload for ever.
func TestHungUpload(t *testing.T) {
	release := make(chan struct{})
	c := serve(t, func(w http.ResponseWriter, r *http.Request) { <-release })
	defer close(release)
	r := post(endless{}, -1)
	r.FirstByte = 50 * time.Millisecond
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if _, err := c.Do(ctx, r); err == nil || ctx.Err() != nil {
		t.Errorf("%v", err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }
