package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/core"
)

// TestEmbedded runs the example: the core's pages and the program's own answer
// side by side, and both end with the context.
func TestEmbedded(t *testing.T) {
	pages, own := free(t), free(t)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, core.Config{Data: t.TempDir(), Modules: []string{t.TempDir()}, Listen: pages}, own)
	}()
	if got := answer(t, "http://"+own+"/"); !strings.Contains(got, "1 school(s)") {
		t.Errorf("the program's own page says %q", got)
	}
	if got := answer(t, "http://"+pages+"/connexion"); !strings.Contains(got, `name="mot-de-passe"`) {
		t.Errorf("the core's sign-in page says %q", got)
	}
	stop()
	if err := <-done; err != nil {
		t.Errorf("stopping: %v", err)
	}
}

func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// answer asks until somebody listens.
func answer(t *testing.T, url string) string {
	t.Helper()
	for range 600 {
		if res, err := http.Get(url); err == nil {
			defer res.Body.Close()
			b, _ := io.ReadAll(res.Body)
			return string(b)
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s never answered", url)
	return ""
}
