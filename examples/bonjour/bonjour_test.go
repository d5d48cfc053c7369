package main

import (
	"os"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/plugintest"
)

// TestFifteenLines holds the plan's promise to vendors.
func TestFifteenLines(t *testing.T) {
	src, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(src), "\n"); n == 0 || n > 15 {
		t.Errorf("main.go has %d lines, at most 15 were promised", n)
	}
}

func TestBonjour(t *testing.T) {
	h := plugintest.Start(t, nil, ".") // no module: the real process
	lea := h.As(h.School.Pupil("Léa Martin"))
	plugintest.Has(t, lea.Get("/"), "bonjour.title", "bonjour.hello", "Léa")
	plugintest.Has(t, lea.Widget("bonjour"), "bonjour.welcome")
}
