package web_test

import (
	"bufio"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/sdk/errors"
)

// TestOrdinaryServersHaveNoBell: neither address nor script, and no module that
// nobody verified.
func TestOrdinaryServersHaveNoBell(t *testing.T) {
	s := start(t)
	for _, path := range []string{"/developpement/pages", "/developpement/pages.js"} {
		if res := s.nobody().get(path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
	if res := s.nobody().get("/connexion"); strings.Contains(res.text, "developpement") {
		t.Error("the page loads the script of a development server")
	}
	if err := s.Develop(t.Context(), filepath.Join(modules, "banc")); errors.KindOf(err) != errors.Denied {
		t.Errorf("Develop: %v", err)
	}
}

// TestDevelop swaps a module in a development server and hears the bell.
func TestDevelop(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "banc")
	if err := os.CopyFS(folder, os.DirFS(filepath.Join(modules, "banc"))); err != nil {
		t.Fatal(err)
	}
	s := startWith(t, core.Config{Dev: true})
	if err := s.Develop(t.Context(), folder); err != nil {
		t.Fatal(err)
	}
	v := s.as("ana")
	page := v.get("/m/banc/")
	if page.StatusCode != http.StatusOK || !strings.Contains(page.text, `src="/developpement/pages.js"`) {
		t.Errorf("the page: %d", page.StatusCode)
	}
	if csp := page.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self';") {
		t.Errorf("policy %s", csp)
	}
	if res := s.nobody().get("/developpement/pages.js"); res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/javascript") {
		t.Errorf("the script: %d %s", res.StatusCode, res.Header.Get("Content-Type"))
	}

	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/developpement/pages", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	events := bufio.NewReader(res.Body)
	before := event(t, events)
	next := filepath.Join(t.TempDir(), "banc")
	if err := os.CopyFS(next, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	if err := s.Develop(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	if after := event(t, events); after == before {
		t.Errorf("open pages are told of %q again", after)
	}
	if res := v.get("/m/banc/"); res.StatusCode != http.StatusOK {
		t.Errorf("the next version: %d", res.StatusCode)
	}
	broken := filepath.Join(t.TempDir(), "banc")
	if err := os.CopyFS(broken, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(broken, "banc"), []byte("#!/bin/false\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.Develop(t.Context(), broken); err == nil {
		t.Error("a version that does not start was taken")
	}
	if res := v.get("/m/banc/"); res.StatusCode != http.StatusOK {
		t.Errorf("after a version that does not start: %d", res.StatusCode)
	}
}

// event reads one event of a stream.
func event(t *testing.T, r *bufio.Reader) string {
	t.Helper()
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatalf("the stream: %v", err)
		}
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			return data
		}
	}
}
