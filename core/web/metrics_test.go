package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core"
)

// measures asks for /metrics under this name of the site, perhaps on somebody's
// behalf.
func (v *visitor) measures(host string, headers ...string) int {
	v.t.Helper()
	req := v.request("GET", "/metrics", nil, headers...)
	req.Host = host
	res, err := transport.RoundTrip(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode
}

// TestMetricsAreLocal: who asks on somebody's behalf is not local, whatever
// address the connection comes from.
func TestMetricsAreLocal(t *testing.T) {
	s := start(t)
	own := strings.TrimPrefix(s.base, "http://")
	for _, host := range []string{own, "localhost", "[::1]:8080"} {
		if got := s.nobody().measures(host); got != 200 {
			t.Errorf("on this machine, as %s: %d", host, got)
		}
	}
	for _, header := range []string{"Forwarded", "Via", "X-Forwarded-For", "x-forwarded-for", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Real-IP"} {
		for _, value := range []string{"192.0.2.7", "127.0.0.1", ""} {
			if got := s.nobody().measures(own, header, value); got != 404 {
				t.Errorf("with %s: %q: %d", header, value, got)
			}
		}
	}
	for _, host := range []string{"ent.example.fr", "192.0.2.7:8080"} {
		if got := s.nobody().measures(host); got != 404 {
			t.Errorf("as %s: %d", host, got)
		}
	}
	for login, want := range map[string]int{"yann": 200, "lea": 404, "ana": 404, "paul": 404, "tom": 404} {
		if got := s.as(login).measures(own, "X-Forwarded-For", "192.0.2.7"); got != want {
			t.Errorf("%s through a proxy: %d, want %d", login, got, want)
		}
	}
}

// TestMetricsBehindTheProxy: where pages are reached through a proxy nobody is
// local, even when the proxy says nothing of whom it asks for; Prometheus has an
// address of its own.
func TestMetricsBehindTheProxy(t *testing.T) {
	cfg := core.Config{Secure: true, Metrics: freeAddress(t)}
	s := startWith(t, cfg)
	for _, headers := range [][]string{nil, {"X-Forwarded-For", "127.0.0.1"}} {
		for _, host := range []string{strings.TrimPrefix(s.base, "http://"), "localhost", "ent.example.fr"} {
			if got := s.nobody().measures(host, headers...); got != 404 {
				t.Errorf("as %s with %v: %d", host, headers, got)
			}
		}
	}
	own := *s
	own.base = "http://" + cfg.Metrics
	if res := own.nobody().get("/metrics"); res.StatusCode != http.StatusOK || !strings.Contains(res.text, "preau_module_state{") {
		t.Errorf("its own address: %d %s", res.StatusCode, res.text)
	}
	for _, path := range []string{"/", "/connexion", "/healthz", "/metrics/"} {
		if res := own.nobody().get(path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s there: %d", path, res.StatusCode)
		}
	}
}
