package main

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/plugintest"
)

// TestConfinedModule: a module under test runs within the core's walls when
// asked to, by this very program, and works.
func TestConfinedModule(t *testing.T) {
	h := plugintest.Start(t, nil, "../../examples/bonjour", plugintest.Confined())
	page := h.As(h.School.Pupil("Léa Martin")).Get("/")
	if page.GetTitle() == nil {
		t.Errorf("no page: %v", page)
	}
	line, err := os.ReadFile("/proc/" + strconv.Itoa(h.PID()) + "/cmdline")
	if err != nil || !strings.Contains(string(line), "launch\x00--folder") {
		t.Errorf("started as %q, %v", line, err)
	}
	h.Restart()
	h.Kill()
	h.Restart()
	h.Orphan()
}
