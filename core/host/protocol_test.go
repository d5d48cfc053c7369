package host_test

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// oldModule is the module built from the frozen files of protocol 1.
const oldModule = ids.ModuleID("ancien")

// frozen builds that module, as one that speaks this protocol, and returns the
// folder of its folder.
func frozen(t *testing.T, protocol string) string {
	t.Helper()
	dir := t.TempDir()
	folder := filepath.Join(dir, string(oldModule))
	check(t, os.CopyFS(folder, os.DirFS("testdata/protocol1")))
	cmd := exec.Command("go", "build", "-ldflags", "-X main.protocol="+protocol, "-o", filepath.Join(folder, string(oldModule)), "./testdata/protocol1")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

// TestProtocolBefore: a binary of the protocol before today's starts, answers a
// widget and a page, and is drained.
func TestProtocolBefore(t *testing.T) {
	dir := frozen(t, "1")
	h := newHouse(t, func(c *host.Config) { c.Dirs = []string{dir} }, oldModule)
	h.start(t)
	a, err := h.open(t, oldModule, httptest.NewRequest("GET", "/", nil))
	check(t, err)
	if a.Status != 200 || !a.Tree {
		t.Errorf("the page: %d %v", a.Status, a.Header)
	}
	a.Body.Close()
	n, err := h.widget(oldModule, "total")
	check(t, err)
	if got := n.GetParagraph().GetText().GetPlain(); got != "1" {
		t.Errorf("the widget says %q, want the one page asked for", got)
	}
	check(t, ui.Validate(n))
	check(t, h.Disable(t.Context(), school, oldModule))
	eventually(t, "it drained", func() bool {
		_, err := os.Stat(filepath.Join(h.dir, "modules", string(oldModule), "drained"))
		return err == nil
	})
}

// TestProtocolsRefused: of any other protocol it does not start, and says why.
func TestProtocolsRefused(t *testing.T) {
	for _, protocol := range []string{"0", "3"} {
		dir := frozen(t, protocol)
		h := newHouse(t, func(c *host.Config) { c.Dirs = []string{dir} }, oldModule)
		h.start(t)
		if _, err := h.widget(oldModule, "total"); errors.KindOf(err) != errors.Unavailable {
			t.Errorf("protocol %s: %v", protocol, err)
		}
		eventually(t, "protocol "+protocol+" is refused", func() bool {
			s := h.status(t, oldModule)
			return s.Running == "" && strings.Contains(s.LastError, "host.protocol")
		})
	}
}
