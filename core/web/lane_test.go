package web_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// zeros is n bytes without any in memory.
func zeros(n int64) io.Reader { return io.LimitReader(zero{}, n) }

type zero struct{}

func (zero) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestLane(t *testing.T) {
	s := start(t, "banc")
	v := s.as("ana")
	t.Run("page", func(t *testing.T) { lanePage(t, v) })
	t.Run("answers", func(t *testing.T) { laneAnswers(t, v) })
	t.Run("files", func(t *testing.T) { laneFiles(t, v) })
	t.Run("link", func(t *testing.T) { laneLink(t, v) })
	t.Run("large", func(t *testing.T) { laneLarge(t, v) })
	t.Run("early", func(t *testing.T) { laneEarly(t, v) })
	t.Run("limits", func(t *testing.T) { laneLimits(t, v) })
	t.Run("events", func(t *testing.T) { laneEvents(t, v) })
	t.Run("socket", func(t *testing.T) { laneSocket(t, v) })
}

func lanePage(t *testing.T, v *visitor) {
	res := v.get("/m/banc/")
	if res.StatusCode != 200 || !strings.Contains(res.text, "Banc d’essai") || !strings.Contains(res.Header.Get("Content-Security-Policy"), "script-src 'self'") {
		t.Errorf("page: %d %s", res.StatusCode, res.text)
	}
	if res := v.get("/m/banc"); res.StatusCode != 200 {
		t.Errorf("without slash: %d", res.StatusCode)
	}
	if res := v.get("/m/banc/", "Accept", "application/json"); res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") || !strings.Contains(res.text, "Banc d’essai") {
		t.Errorf("as JSON: %d %s", res.StatusCode, res.text)
	}
	res = v.post("/m/banc/note")
	if res.StatusCode != 303 || res.path() != "/m/banc/" {
		t.Fatalf("action: %d to %q %s", res.StatusCode, res.path(), res.text)
	}
	if res := v.get("/m/banc/"); !strings.Contains(res.text, `1 fois</`) || strings.Count(res.text, "1 fois") < 2 {
		t.Errorf("the page after does not say what was done: %s", res.text)
	}
	if res := v.get("/m/banc/"); strings.Count(res.text, "1 fois") != 1 {
		t.Errorf("it is said twice: %s", res.text)
	}
}

func laneAnswers(t *testing.T, v *visitor) {
	if res := v.get("/m/banc/html"); res.text != "<script>alert(1)</script>" || !strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment") ||
		!strings.Contains(res.Header.Get("Content-Security-Policy"), "sandbox") || res.Header.Get("Set-Cookie") != "" {
		t.Errorf("HTML of a module: %v %s", res.Header, res.text)
	}
	if res := v.get("/m/banc/erreur"); res.StatusCode != 409 || !strings.Contains(res.text, "Déjà changé 2 fois.") {
		t.Errorf("error of a module: %d %s", res.StatusCode, res.text)
	}
	if res := v.get("/m/banc/erreur", "Accept", "application/json"); res.StatusCode != 409 || res.Header.Get("Content-Type") != "application/problem+json" || !strings.Contains(res.text, `"conflict"`) {
		t.Errorf("as a problem: %d %s", res.StatusCode, res.text)
	}
	if res := v.get("/m/banc/ailleurs"); res.StatusCode != 503 || res.path() != "" {
		t.Errorf("redirect elsewhere: %d to %q", res.StatusCode, res.path())
	}
	if res := v.get("/m/banc/ordures"); res.StatusCode != 503 {
		t.Errorf("garbage: %d %s", res.StatusCode, res.text)
	}
	for _, path := range []string{"/m/banc/nowhere", "/m/banc/../banc/", "/m/banc//note", "/m/banc/%2e%2e/x", "/m/banc/fichier/a%2fb", "/m/nobody/", "/m/Banc/"} {
		if res := v.get(path); res.StatusCode != 404 {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
}

func laneFiles(t *testing.T, v *visitor) {
	id := v.post("/m/banc/fichier").text
	res := v.get("/m/banc/fichier/" + id)
	if res.StatusCode != 200 || res.text != "0123456789" || !strings.Contains(res.Header.Get("Content-Disposition"), "notes.txt") {
		t.Fatalf("file: %d %q %v", res.StatusCode, res.text, res.Header)
	}
	for wanted, want := range map[string]string{"bytes=2-4": "234", "bytes=7-": "789", "bytes=-2": "89", "bytes=8-99": "89"} {
		if res := v.get("/m/banc/fichier/"+id, "Range", wanted); res.StatusCode != 206 || res.text != want {
			t.Errorf("%s: %d %q, want %q", wanted, res.StatusCode, res.text, want)
		}
	}
	if res := v.get("/m/banc/fichier/"+id, "Range", "bytes=10-"); res.StatusCode != 416 {
		t.Errorf("outside: %d", res.StatusCode)
	}
	if res := v.get("/m/banc/fichier/"+id, "If-None-Match", res.Header.Get("Etag")); res.StatusCode != 304 || res.text != "" {
		t.Errorf("unchanged: %d %q", res.StatusCode, res.text)
	}
	if res := v.get("/m/banc/fichier/01ARZ3NDEKTSV4RRFFQ69G5FAV"); res.StatusCode != 404 {
		t.Errorf("no such file: %d", res.StatusCode)
	}
}

func laneLink(t *testing.T, v *visitor) {
	address, whole := strings.CutPrefix(v.post("/m/banc/lien").text, v.base)
	if !whole {
		t.Fatalf("the link %q does not begin with the site's address", address)
	}
	nobody := v.nobody()
	if res := nobody.get(address); res.StatusCode != 200 || res.text != "feed of ana" || len(res.Cookies()) != 0 {
		t.Errorf("personal link %q: %d %q", address, res.StatusCode, res.text)
	}
	if res := nobody.get(address + "x"); res.StatusCode != 404 {
		t.Errorf("wrong secret: %d", res.StatusCode)
	}
	if res := nobody.do("POST", address, nil, "Origin", v.base); res.StatusCode != 404 {
		t.Errorf("posting to a link: %d", res.StatusCode)
	}
}

const large = 200 << 20

func laneLarge(t *testing.T, v *visitor) {
	h := sha256.New()
	io.Copy(h, zeros(large))
	want := fmt.Sprintf("%d %s", large, hex.EncodeToString(h.Sum(nil)))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if res := v.do("POST", "/m/banc/puits", zeros(large), "Origin", v.base); res.text != want {
		t.Errorf("upload: %d %.200s, want %s", res.StatusCode, res.text, want)
	}
	res, err := transport.RoundTrip(v.request("GET", fmt.Sprintf("/m/banc/source?n=%d", large), nil))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if n, err := io.Copy(io.Discard, res.Body); n != large || err != nil {
		t.Errorf("download: %d bytes, %v", n, err)
	}
	if runtime.ReadMemStats(&after); after.Sys-before.Sys > 64<<20 {
		t.Errorf("memory grew by %d MiB", (after.Sys-before.Sys)>>20)
	}
}

// laneEarly has a module answer before it has read what is sent: the answer
// arrives, and nothing of the rest is taken for another request.
func laneEarly(t *testing.T, v *visitor) {
	for i := range 3 {
		res, err := v.try("POST", "/m/banc/hatif", zeros(8<<20), "Origin", v.base)
		if err != nil || res.StatusCode != 200 || res.text != "already" {
			t.Errorf("%d: %v %v", i, err, res.text)
		}
	}
	conn, err := net.Dial("tcp", strings.TrimPrefix(v.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST /m/banc/hatif HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nCookie: preau=%s\r\nContent-Length: 1000000\r\n\r\n",
		strings.TrimPrefix(v.base, "http://"), v.base, v.cookies["preau"].Value)
	io.Copy(conn, zeros(20000)) // and then nothing more
	conn.SetReadDeadline(time.Now().Add(15 * time.Second))
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("no answer while the upload stalls: %v", err)
	}
	if b, _ := io.ReadAll(res.Body); string(b) != "already" || !res.Close {
		t.Errorf("answer %q, close %v", b, res.Close)
	}
}

func laneLimits(t *testing.T, v *visitor) {
	for name, body := range map[string]io.Reader{"announced": strings.NewReader(strings.Repeat("x", 20000)), "chunked": zeros(3 << 20)} {
		res, err := v.try("POST", "/m/banc/petit", body, "Origin", v.base)
		if err != nil || res.StatusCode != 413 || !strings.Contains(res.text, "dépasse la taille") {
			t.Errorf("%s: %v %d %.300s", name, err, res.StatusCode, res.text)
		}
	}
	if res := v.do("POST", "/accueil/mode", strings.NewReader("mode=guide&x="+strings.Repeat("x", 70000)), "Origin", v.base, "Content-Type", "application/x-www-form-urlencoded"); res.StatusCode != 413 {
		t.Errorf("form of the core: %d", res.StatusCode)
	}
	if res := v.post("/m/banc/petit", "a", "b"); res.StatusCode != 200 {
		t.Errorf("small enough: %d %s", res.StatusCode, res.text)
	}
}

func laneEvents(t *testing.T, v *visitor) {
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	res, err := http.DefaultTransport.RoundTrip(v.request("GET", "/m/banc/direct", nil).WithContext(ctx))
	if err != nil {
		t.Fatal(err)
	}
	if res.Header.Get("Content-Type") != "text/event-stream" || res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("head: %v", res.Header)
	}
	lines := bufio.NewScanner(res.Body)
	for _, word := range []string{"one", "two", "three"} {
		v.post("/m/banc/pousse", "quoi", word)
		if !lines.Scan() || lines.Text() != "data: "+word { // before the next is pushed
			t.Fatalf("got %q (%v), want %s", lines.Text(), lines.Err(), word)
		}
		lines.Scan()
	}
	leave()
	res.Body.Close()
	if res := v.get("/m/banc/parti"); res.text != "gone" {
		t.Errorf("the module did not see the reader leave: %d %q", res.StatusCode, res.text)
	}
}

func laneSocket(t *testing.T, v *visitor) {
	dial := func(origin string) (*websocket.Conn, error) {
		header := http.Header{"Cookie": {"preau=" + v.cookies["preau"].Value}, "Origin": {origin}}
		c, _, err := websocket.Dial(t.Context(), strings.Replace(v.base, "http", "ws", 1)+"/m/banc/prise", &websocket.DialOptions{HTTPHeader: header})
		return c, err
	}
	if _, err := dial("https://evil.test"); err == nil {
		t.Error("another site opened a socket")
	}
	c, err := dial(v.base)
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseNow()
	for _, word := range []string{"a", strings.Repeat("b", 20000), "c"} {
		if err := c.Write(t.Context(), websocket.MessageText, []byte(word)); err != nil {
			t.Fatal(err)
		}
		if _, b, err := c.Read(t.Context()); err != nil || string(b) != word {
			t.Fatalf("echo of %d bytes: %d bytes, %v", len(word), len(b), err)
		}
	}
	if err := c.Close(websocket.StatusNormalClosure, ""); err != nil {
		t.Errorf("close: %v", err)
	}
}
