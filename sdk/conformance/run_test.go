package conformance_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/conformance"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/internal/atelier"
	"github.com/preau-ent/preau/sdk/ui"
)

func TestBonjour(t *testing.T) { conformance.Run(t, "../../examples/bonjour") }

// child makes a test binary run one test that is meant to fail.
const child = "PREAU_CONFORMANCE_CHILD"

// broken does wrong what the suite looks for.
func broken() *sdk.Module {
	m := sdk.New()
	m.Page("GET /", func(r *sdk.Request) (*ui.Page, error) {
		if r.Viewer.Profile == ids.Parent {
			return nil, errors.New(errors.NotFound, "")
		}
		return ui.NewPage("casse.fr", ui.List(&ui.Item{Link: ui.To("/nulle-part", "")})), nil
	})
	m.Do("POST /envoi", func(r *sdk.Request) (*sdk.Answer, error) {
		if len(r.FormValue("x")) > 100 {
			return nil, fmt.Errorf("too long for me")
		}
		return sdk.GoTo("/"), r.Audit.Record("casse.envoi", "", nil)
	})
	m.Widget("vide", func(*sdk.WidgetRequest) (*ui.Node, error) { return ui.List(), nil })
	m.Widget("cache", func(*sdk.WidgetRequest) (*ui.Node, error) { return ui.List(), nil })
	m.On("autre.arrive", func(_ context.Context, e *sdk.Event) error { panic("no payload") })
	return m
}

func TestBroken(t *testing.T) {
	if os.Getenv(child) != "" {
		conformance.RunModule(t, broken(), "testdata/casse")
		return
	}
	out := runChild(t, "TestBroken")
	for _, want := range []string{
		"casse.vain is held by nobody",
		"a widget cache that module.yaml does not declare",
		"a widget absent that the code does not have",
		"event autre.arrive",
		`locales/en.json has no "casse.widget"`,
		`"casse.fr" is in one catalogue only`,
		"parent opens /",
		"widget absent (s) for eleve",
		"widget vide (s) for eleve is empty",
		"POST /envoi with",
		`"/nulle-part" is not declared`,
		`locales/en.json has no "casse.audit.envoi"`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the suite does not see: %s", want)
		}
	}
	if t.Failed() {
		t.Log(out)
	}
}

// TestAtelier: the workshop's calendar and forms pass; only its page that
// panics on demand is found out.
func TestAtelier(t *testing.T) {
	if os.Getenv(child) != "" {
		conformance.RunModule(t, atelier.Module(), "../internal/atelier/module")
		return
	}
	out := runChild(t, "TestAtelier")
	for line := range strings.Lines(out) {
		if strings.Contains(line, ".go:") && !strings.Contains(line, "/faute/") && !strings.Contains(line, "/coupe") {
			t.Errorf("unexpected: %s", line)
		}
	}
}

// runChild runs one test in another process and wants it to fail.
func runChild(t *testing.T, name string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+name+"$", "-test.v")
	cmd.Env = append(os.Environ(), child+"=1")
	out, err := cmd.CombinedOutput()
	if err == nil && name == "TestBroken" {
		t.Fatalf("the suite passes a broken module:\n%s", out)
	}
	return string(out)
}
