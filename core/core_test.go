package core

import (
	"context"
	"net"
	"net/http"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// TestNothingIsLeftBehind opens and closes a core, served and not: no goroutine
// outlives it, and the folder can be opened again.
func TestNothingIsLeftBehind(t *testing.T) {
	defer goleak.VerifyNone(t,
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),    // one for the program's life
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2")) // sleeps up to 10 s, then ends
	data := t.TempDir()
	for range 2 {
		c, err := New(t.Context(), Config{Data: data, Modules: []string{t.TempDir()}})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	c, err := New(t.Context(), Config{Data: data, Modules: []string{t.TempDir()}, Listen: address})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- c.Serve(ctx) }()
	status(t, "http://"+address+"/readyz")
	stop()
	if err := <-done; err != nil {
		t.Errorf("Serve: %v", err)
	}
	http.DefaultClient.CloseIdleConnections()
}

// TestStoppedWhileItStarts: whenever it is told to stop, that is what it was asked.
func TestStoppedWhileItStarts(t *testing.T) {
	data := t.TempDir()
	for n := range 12 {
		c, err := New(t.Context(), Config{Data: data, Modules: []string{t.TempDir()}, Listen: "127.0.0.1:0"})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithTimeout(t.Context(), time.Duration(n)*time.Millisecond/2)
		if err := c.Serve(ctx); err != nil {
			t.Errorf("stopped after %d half milliseconds: %v", n, err)
		}
		stop()
	}
}

// status asks until the core answers that it is ready.
func status(t *testing.T, url string) {
	t.Helper()
	for range 600 {
		if res, err := http.Get(url); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%s is never ready", url)
}
