package egress

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/preau-ent/preau/sdk/egress"
	perrors "github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

func newReader(r io.Reader) *bufio.Reader { return bufio.NewReader(r) }

// TestSizes: what is too large is refused at once when its length is said, and
// broken off at the limit when it is not; what just fits passes.
func TestSizes(t *testing.T) {
	w := newWorld(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.FormValue("n"))
		if r.FormValue("said") != "" {
			w.Header().Set("Content-Length", strconv.Itoa(n))
		} else {
			w.(http.Flusher).Flush()
		}
		block := make([]byte, 1<<20)
		for ; n > 0; n -= len(block) {
			if _, err := w.Write(block[:min(n, len(block))]); err != nil {
				return
			}
		}
	}))
	for _, x := range []struct {
		n    int
		said bool
		key  string
	}{
		{egress.MaxAnswer, true, ""}, {egress.MaxAnswer, false, ""},
		{egress.MaxAnswer + 1, true, "egress.answer"}, {egress.MaxAnswer + 1, false, "egress.answer"}, {10 * egress.MaxAnswer, false, "egress.answer"},
	} {
		address := fmt.Sprintf("https://example.com/?n=%d", x.n)
		if x.said {
			address += "&said=1"
		}
		a, err := w.client(w.socket, w.handle).Get(address)
		var n int64
		if err == nil {
			n, err = io.Copy(io.Discard, a.Body)
			a.Body.Close()
		}
		key := ""
		if err != nil {
			key = keyOf(t, err)
		}
		if key != x.key || x.key == "" && n != int64(x.n) || n > egress.MaxAnswer {
			t.Errorf("%d bytes, said %v: %q after %d", x.n, x.said, key, n)
		}
	}
}

// endless gives bytes as long as it is asked, up to a bound far above the limit.
type endless struct{ left int }

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := min(len(p), e.left)
	e.left -= n
	return n, nil
}

func TestRequestBody(t *testing.T) {
	w := newWorld(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, _ := io.Copy(io.Discard, r.Body)
		fmt.Fprint(w, n)
	}))
	client := w.client(w.socket, w.handle)
	a, err := client.Post("https://example.com/", "text/plain", strings.NewReader(strings.Repeat("x", egress.MaxRequest)))
	check(t, err)
	if got := text(t, a); got != strconv.Itoa(egress.MaxRequest) {
		t.Errorf("received %s bytes", got)
	}
	a.Body.Close()
	for name, body := range map[string]io.Reader{
		"said":   strings.NewReader(strings.Repeat("x", egress.MaxRequest+1)),
		"unsaid": &endless{left: 8 * egress.MaxRequest},
	} {
		a, err := client.Post("https://example.com/", "text/plain", body)
		if err == nil {
			a.Body.Close()
			t.Errorf("%s: passed", name)
		} else if key := keyOf(t, err); key != "egress.request" {
			t.Errorf("%s: %q", name, key)
		}
	}
}

// TestSlow: an answer that does not come, or does not end, is cut when the time
// is over; the same when the call or the process is.
func TestSlow(t *testing.T) {
	release := make(chan struct{})
	w := newWorld(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/drip" {
			fmt.Fprint(w, "some")
			w.(http.Flusher).Flush()
		}
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	defer close(release)
	w.broker.within = 50 * time.Millisecond
	if _, key := w.get("https://example.com/never"); key != "egress.late" {
		t.Errorf("never: %q", key)
	}
	a, err := w.client(w.socket, w.handle).Get("https://example.com/drip")
	check(t, err)
	if b, err := io.ReadAll(a.Body); string(b) != "some" || keyOf(t, err) != "egress.cut" {
		t.Errorf("drip: %q, %v", b, err)
	}
	a.Body.Close()

	w.broker.within = egress.Within
	ctx, cancel := context.WithCancel(t.Context())
	way := egress.NewClient(w.socket)
	defer way.Close()
	r, _ := http.NewRequest("GET", "https://example.com/drip", nil)
	a, err = way.Do(ctx, w.handle, r)
	check(t, err)
	cancel()
	if _, err := io.ReadAll(a.Body); perrors.KindOf(err) != perrors.Cancelled {
		t.Errorf("call over: %v", err)
	}
	a.Body.Close()
}

// TestEndOfCall: an answer does not go on when the call is over, though the
// module would read it.
func TestEndOfCall(t *testing.T) {
	more := make(chan struct{})
	w := newWorld(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "some")
		w.(http.Flusher).Flush()
		<-more
		fmt.Fprint(w, " and more, and more again")
		w.(http.Flusher).Flush()
	}))
	a, err := w.client(w.socket, w.handle).Get("https://example.com/")
	check(t, err)
	defer a.Body.Close()
	_, err = io.ReadFull(a.Body, make([]byte, 4))
	check(t, err)
	w.book.Close(w.handle)
	close(more)
	if _, err := io.ReadAll(a.Body); err == nil || keyOf(t, err) != "egress.cut" {
		t.Errorf("%v", err)
	}
}

// TestEndOfProcess: closing the socket ends what is under way on it.
func TestEndOfProcess(t *testing.T) {
	reached := make(chan struct{})
	gone := make(chan struct{})
	w := newWorld(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(reached)
		<-r.Context().Done()
		close(gone)
	}))
	socket := t.TempDir() + "/egress"
	door, err := w.broker.Open(socket, Client{Module: module, Log: w.note, Granted: func() []manifest.Capability { return granted }})
	check(t, err)
	failed := make(chan error, 1)
	go func() {
		_, err := w.client(socket, w.handle).Get("https://example.com/")
		failed <- err
	}()
	<-reached
	check(t, door.Close())
	if err := <-failed; err == nil {
		t.Error("answered")
	}
	<-gone
	if _, err := os.Stat(socket); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the socket is left: %v", err)
	}
}

// TestHeaders: nothing between module and core goes out or comes in, and
// nothing of the hop.
func TestHeaders(t *testing.T) {
	var out http.Header
	w := newWorld(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out = r.Header.Clone()
		w.Header()["Preau-Egress"] = []string{"bug"}
		w.Header()["preau-viewer"] = []string{"x"}
		w.Header().Set("Keep-Alive", "timeout=1")
		w.Header().Set("Etag", `"1"`)
		http.SetCookie(w, &http.Cookie{Name: "s", Value: "1"})
	}))
	status, a := w.raw(http.Header{wire.HeaderCall: {w.handle}, "Preau-Viewer": {"x"}, "Connection": {"x-hop"}, "X-Hop": {"1"}, "Te": {"trailers"},
		"Proxy-Authorization": {"x"}, "X-Forwarded-For": {"10.0.0.1"}, "Expect": {"100-continue"}, "Authorization": {"Bearer x"}, "User-Agent": {"curl"}},
		"GET https://example.com/?a=1;b HTTP/1.1")
	if status != 200 || a.Header.Get(wire.HeaderEgress) != "ok" || len(a.Header[wire.HeaderEgress]) != 1 {
		t.Errorf("%d %v", status, a.Header)
	}
	for key := range out {
		if !slices.Contains([]string{"Authorization", "User-Agent"}, key) {
			t.Errorf("went out: %s: %v", key, out[key])
		}
	}
	if got := out.Get("User-Agent"); got != "Preau (agenda/1.2.0)" {
		t.Errorf("user agent %q", got)
	}
	if out.Get("Authorization") != "Bearer x" {
		t.Error("the module's own key did not go out")
	}
	for _, key := range []string{"Preau-Viewer", "Keep-Alive"} {
		if a.Header.Get(key) != "" {
			t.Errorf("came in: %s", key)
		}
	}
	if a.Header.Get("Etag") == "" || a.Header.Get("Set-Cookie") == "" {
		t.Errorf("lost: %v", a.Header)
	}
	w.raw(http.Header{wire.HeaderCall: {w.handle}}, "GET https://example.com/ HTTP/1.1")
	if out.Get("Cookie") != "" {
		t.Error("the core kept a cookie")
	}
	long := http.Header{wire.HeaderCall: {w.handle}, "X-Long": {strings.Repeat("x", 2*egress.MaxHeader)}}
	if status, _ := w.raw(long, "GET https://example.com/ HTTP/1.1"); status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("long headers: %d", status)
	}
}

// TestRate: a school's calls have their own share.
func TestRate(t *testing.T) {
	w := newWorld(t, hello())
	var refused int
	for range burst + 20 {
		if _, key := w.get("https://nothing.example/"); key == "egress.rate" {
			refused++
		} else if key != "egress.host" {
			t.Fatal(key)
		}
	}
	if refused == 0 {
		t.Error("never refused")
	}
	w.handle = w.call(module, other)
	if _, key := w.get("https://nothing.example/"); key != "egress.host" {
		t.Errorf("the other school: %q", key)
	}
}

// TestAtOnce: the places of one module are bounded; another's are its own.
func TestAtOnce(t *testing.T) {
	release, reached := make(chan struct{}), make(chan struct{}, atOnce+1)
	w := newWorld(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hold" {
			reached <- struct{}{}
			<-release
		}
	}))
	done := make(chan string, atOnce)
	for range atOnce {
		go func() { _, key := w.get("https://example.com/hold"); done <- key }()
	}
	for range atOnce {
		<-reached
	}
	if _, key := w.get("https://example.com/"); key != "egress.rate" {
		t.Errorf("one more: %q", key)
	}
	neighbour := w.client(w.process("voisin"), w.call("voisin", school))
	if a, err := neighbour.Get("https://example.com/"); err != nil {
		t.Errorf("another module: %v", err)
	} else {
		a.Body.Close()
	}
	close(release)
	for range atOnce {
		if key := <-done; key != "" {
			t.Errorf("held: %q", key)
		}
	}
}

// TestTold: the log names the host, never path or query; the counters name
// neither.
func TestTold(t *testing.T) {
	w := newWorld(t, hello())
	_, _ = w.get("https://secret.example/camille?note=4")
	_, _ = w.get("https://example.com/camille?note=4")
	log := strings.Join(w.logged, "\n")
	if !strings.Contains(log, `"secret.example"`) || !strings.Contains(log, "egress.host") {
		t.Errorf("log: %s", log)
	}
	if strings.Contains(log, "camille") || strings.Contains(log, "note") {
		t.Errorf("the log says too much: %s", log)
	}
	all := prometheus.NewRegistry()
	all.MustRegister(w.broker)
	families, err := all.Gather()
	check(t, err)
	counted := map[string]float64{}
	for _, f := range families {
		for _, m := range f.Metric {
			if f.GetName() == "preau_egress_requests_total" {
				counted[m.Label[1].GetValue()] = m.Counter.GetValue()
			}
		}
	}
	if len(counted) != 2 || counted["ok"] != 1 || counted["denied"] != 1 {
		t.Errorf("counted %v", counted)
	}
}

// TestCertificate: a server that does not prove its name is not believed.
func TestCertificate(t *testing.T) {
	w := newWorld(t, hello())
	w.broker.cfg.Roots.AddCert(w.server.Certificate())
	stranger := open(t, w.server, func(c *Config) { c.Roots = nil })
	stranger.names["example.com"] = []string{publicIP}
	if _, key := stranger.get("https://example.com/"); key != "egress.silent" {
		t.Errorf("%q", key)
	}
}

// TestSocket is only for the user that runs the core.
func TestSocket(t *testing.T) {
	w := newWorld(t, hello())
	info, err := os.Stat(w.socket)
	check(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
}
