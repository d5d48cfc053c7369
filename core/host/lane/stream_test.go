package lane

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

const big = 200 << 20

// counted is n bytes from nowhere.
type counted struct{ left int64 }

func (c *counted) Read(p []byte) (int, error) {
	if c.left == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), c.left)
	c.left -= n
	return int(n), nil
}

// TestFlatMemory: 200 MB up and 200 MB down at the same time take no more
// memory than a few buffers.
func TestFlatMemory(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) { duplex(w); io.Copy(w, r.Body) })
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	a, err := c.Do(t.Context(), post(&counted{left: big}, big))
	if err != nil {
		t.Fatal(err)
	}
	var got int64
	var peak uint64
	for buf := make([]byte, 64<<10); err == nil; {
		var n int
		n, err = a.Body.Read(buf)
		if got += int64(n); got%(16<<20) < int64(n) {
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc)
		}
	}
	a.Body.Close()
	if err != io.EOF || got != big {
		t.Fatalf("%d bytes came back: %v", got, err)
	}
	runtime.ReadMemStats(&now)
	if grown := int64(peak) - int64(before.HeapAlloc); grown > 8<<20 {
		t.Errorf("the heap grew by %d KiB", grown>>10)
	}
	if grown := int64(now.Sys) - int64(before.Sys); grown > 24<<20 {
		t.Errorf("the process grew by %d KiB", grown>>10)
	}
}

// TestEventStream: events come one by one, and the module learns that the
// person left.
func TestEventStream(t *testing.T) {
	next, left := make(chan string), make(chan struct{})
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		http.NewResponseController(w).Flush()
		for {
			select {
			case s := <-next:
				io.WriteString(w, "data: "+s+"\n\n")
				http.NewResponseController(w).Flush()
			case <-r.Context().Done():
				close(left)
				return
			}
		}
	})
	r := get("/")
	r.FirstByte = 0
	a, err := c.Do(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(a.Body)
	for _, word := range []string{"one", "two", "three"} {
		next <- word
		line, err := lines.ReadString('\n')
		if err != nil || strings.TrimSpace(line) != "data: "+word {
			t.Fatalf("%q %v", line, err)
		}
		lines.ReadString('\n')
	}
	a.Body.Close()
	select {
	case <-left:
	case <-time.After(10 * time.Second):
		t.Error("the module never learnt that the person left")
	}
}

// TestWebSocket: after 101 the connection is the two ends' own.
func TestWebSocket(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		ws, err := websocket.Accept(w, r, nil)
		if err != nil {
			return
		}
		defer ws.CloseNow()
		for {
			kind, b, err := ws.Read(r.Context())
			if err != nil || ws.Write(r.Context(), kind, b) != nil {
				return
			}
		}
	})
	front, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: bridge(t, c)}
	done := make(chan struct{})
	go func() { defer close(done); s.Serve(front) }()
	defer func() { s.Close(); <-done }()

	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, "http://"+front.Addr().String()+"/prise", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"bonjour", strings.Repeat("long", 5000)} {
		if err := ws.Write(ctx, websocket.MessageText, []byte(word)); err != nil {
			t.Fatal(err)
		}
		if _, b, err := ws.Read(ctx); err != nil || string(b) != word {
			t.Fatalf("%q %v", b, err)
		}
	}
	if err := ws.Close(websocket.StatusNormalClosure, ""); err != nil {
		t.Error(err)
	}
}

// bridge joins a browser's connection to the module's.
func bridge(t *testing.T, c *Client) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		a, err := c.Do(context.WithoutCancel(r.Context()), &Request{Method: r.Method, Target: r.URL.Path, Header: r.Header})
		if err != nil || a.Conn == nil {
			t.Errorf("no switch: %v", err)
			return
		}
		defer a.Conn.Close()
		conn, buffered, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n")
		a.Header.Write(conn)
		io.WriteString(conn, "\r\n")
		over := make(chan struct{})
		go func() { defer close(over); io.Copy(a.Conn, buffered); a.Conn.Close() }()
		io.Copy(conn, a.Conn)
		conn.Close()
		<-over
	}
}
