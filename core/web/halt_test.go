package web_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/ids"
)

// TestHalted: a module that is stopped by hand keeps its place in the menu and
// says so everywhere, its open streams end, and the other school goes on.
func TestHalted(t *testing.T) {
	s := start(t, "banc", "bonjour")
	if err := s.Host.Enable(t.Context(), lycee, "banc"); err != nil {
		t.Fatal(err)
	}
	ana, elsewhere := s.as("ana"), s.as("tom")
	if got := ana.shows("banc.compte"); !strings.HasPrefix(got, "ok") {
		t.Fatalf("before: %q", got)
	}
	stream, err := http.DefaultTransport.RoundTrip(ana.request("GET", "/m/banc/direct", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()

	if err := s.Host.Halt(t.Context(), "banc", college); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, stream.Body) // returns because it was cut
	const words = "Arrêté par un responsable"
	res := ana.get("/")
	if !strings.Contains(res.text, `href="/m/banc/"`) || !strings.Contains(res.text, words) {
		t.Error("home does not lead to the module, or does not say that it is stopped")
	}
	if res := ana.get("/m/banc/"); res.StatusCode != 503 || !strings.Contains(res.text, "a été arrêté par un responsable") || strings.Contains(res.text, "essayez") {
		t.Errorf("its page: %d %s", res.StatusCode, res.text)
	}
	if res := ana.get("/statut"); !strings.Contains(res.text, words) {
		t.Errorf("/statut: %s", res.text)
	}
	if res := ana.get("/m/bonjour/"); res.StatusCode != 200 {
		t.Errorf("the other module: %d", res.StatusCode)
	}
	if res := elsewhere.get("/m/banc/"); res.StatusCode != 200 {
		t.Errorf("the other school: %d", res.StatusCode)
	}
	if res := elsewhere.get("/statut"); strings.Contains(res.text, words) {
		t.Error("/statut of the other school says that it is stopped")
	}

	if err := s.Host.Halt(t.Context(), "banc", ""); err != nil {
		t.Fatal(err)
	}
	if res := elsewhere.get("/m/banc/"); res.StatusCode != 503 {
		t.Errorf("halted for everybody: %d", res.StatusCode)
	}
	if res := s.nobody().get("/readyz"); res.StatusCode != 200 {
		t.Errorf("a module halted by hand is missed: %d %s", res.StatusCode, res.text)
	}
	metrics := s.nobody().get("/metrics").text
	for _, line := range []string{`preau_module_halted{module="banc"} 1`, `preau_module_state{module="banc",state="stopped"} 1`,
		`preau_module_state{module="bonjour",state="serving"} 1`, `preau_module_circuit{circuit="closed",module="bonjour"} 1`,
		`preau_module_restarts_total{module="bonjour"} 0`} {
		if !strings.Contains(metrics, line) {
			t.Errorf("metrics without %s", line)
		}
	}
	s.eventually("its memory is measured", func() bool {
		text := s.nobody().get("/metrics").text
		return strings.Contains(text, `preau_module_rss_bytes{module="bonjour"}`) && strings.Contains(text, `preau_module_fds{module="bonjour"}`)
	})

	for _, school := range []ids.SchoolID{"", college} {
		if err := s.Host.Resume(t.Context(), "banc", school); err != nil {
			t.Fatal(err)
		}
	}
	s.eventually("it is back", func() bool {
		return ana.get("/m/banc/").StatusCode == 200 && strings.HasPrefix(ana.shows("banc.compte"), "ok")
	})
}

// TestAside: a module that was put aside says so everywhere, and nowhere that it
// will be back in a moment.
func TestAside(t *testing.T) {
	s := start(t, "banc", "bonjour")
	ana := s.as("ana")
	status := func() host.Status {
		all := s.Host.Modules()
		return all[slices.IndexFunc(all, func(m host.Status) bool { return m.ID == "banc" })]
	}
	for range 3 {
		pid := 0
		s.eventually("it serves", func() bool {
			now := status()
			pid = now.PID
			return now.State == supervise.Serving && pid != 0 // 0 would be the tests themselves
		})
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		s.eventually("the end was noticed", func() bool { return status().PID != pid })
	}
	s.eventually("it is put aside", func() bool { return status().State == supervise.Quarantined })
	res := ana.get("/m/banc/")
	if res.StatusCode != 503 || !strings.Contains(res.text, "Service à l’arrêt") || !strings.Contains(res.text, "a été mis à l’écart à la suite d’un problème") ||
		strings.Contains(res.text, "essayez") || strings.Contains(res.text, "omentanément") {
		t.Errorf("its page: %d %s", res.StatusCode, res.text)
	}
	const words = "Mis à l’écart à la suite d’un problème"
	if res := ana.get("/statut"); !strings.Contains(res.text, words) {
		t.Errorf("/statut: %s", res.text)
	}
	s.eventually("its widget says so", func() bool { return strings.Contains(ana.get("/").text, words) })
	if res := ana.get("/m/bonjour/"); res.StatusCode != 200 {
		t.Errorf("the other module: %d", res.StatusCode)
	}
}
