package host_test

import (
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/egress"
	"github.com/preau-ent/preau/sdk/ids"
)

const atelier = ids.ModuleID("atelier")

// names is a name server that knows where everything is: at one public address,
// which the test's dialler knows to be its own listener.
type names struct{}

func (names) LookupNetIP(_ context.Context, _, name string) ([]netip.Addr, error) {
	if strings.HasPrefix(name, "dedans.") {
		return []netip.Addr{netip.MustParseAddr("10.0.0.1")}, nil
	}
	return []netip.Addr{netip.MustParseAddr("93.184.215.14")}, nil
}

// TestWayOut: a module's process reaches what its manifest and the school name,
// through the core and only there, confined as modules are.
func TestWayOut(t *testing.T) {
	site := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s pour %s", r.URL.Path, r.Header.Get("User-Agent"))
	}))
	t.Cleanup(site.Close)
	dir := t.TempDir()
	buildAtelier(t, filepath.Join(dir, string(atelier)))
	h := newHouse(t, func(c *host.Config) {
		c.Dirs = []string{dir}
		c.Egress = egress.Config{Resolver: names{}, Roots: x509.NewCertPool(),
			Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
				if address != "93.184.215.14:443" {
					t.Errorf("dialled %s", address)
				}
				return (&net.Dialer{}).DialContext(ctx, network, site.Listener.Addr().String())
			}}
		c.Egress.Roots.AddCert(site.Certificate())
	}, atelier)
	h.start(t)
	check(t, h.SetSettings(t.Context(), school, atelier, raw(map[string]string{"sites": "a.example.com dedans.example.com"})))
	for address, want := range map[string]string{
		"https://a.example.com/x":      "/x pour Preau (atelier/1.2.3)",
		"https://b.example.com/x":      "egress.host",
		"https://dedans.example.com/x": "egress.inside",
		"https://exemple.fr/x":         "egress.silent", // named by the manifest; the certificate is not for it
	} {
		a, err := h.open(t, atelier, httptest.NewRequest("GET", "/dehors?u="+url.QueryEscape(address), nil))
		check(t, err)
		body, err := io.ReadAll(a.Body)
		check(t, err)
		a.Body.Close()
		if !strings.Contains(string(body), want) {
			t.Errorf("%s: %d %q, want %s", address, a.Status, body, want)
		}
	}
	told := fmt.Sprint(h.Logs(atelier, 0))
	if !strings.Contains(told, `way out to "b.example.com"`) || strings.Contains(told, "example.com/x") {
		t.Errorf("log: %s", told)
	}
}

func buildAtelier(t *testing.T, folder string) {
	t.Helper()
	source := "../../sdk/internal/atelier/module"
	check(t, os.MkdirAll(folder, 0o755))
	check(t, os.CopyFS(folder, os.DirFS(source)))
	cmd := exec.Command("go", "build", "-o", filepath.Join(folder, string(atelier)), source)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}
