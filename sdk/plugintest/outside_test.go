package plugintest_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/egress"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/internal/atelier"
	"github.com/preau-ent/preau/sdk/plugintest"
)

// site is a host outside: it says what reached it.
func site() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/dit", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s %s %s preau=%q", r.Host, r.URL.Path, r.FormValue("q"), r.Header.Get("Preau-Call"))
	})
	mux.HandleFunc("/muet", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/vers", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.FormValue("u"), http.StatusFound) })
	mux.HandleFunc("/trop", func(w http.ResponseWriter, _ *http.Request) {
		for range egress.MaxAnswer>>20 + 1 {
			_, _ = w.Write(make([]byte, 1<<20))
		}
	})
	return mux
}

// TestOutside: a module reaches the hosts it may, in both ways of running, and
// is told why it does not reach others.
func TestOutside(t *testing.T) {
	for name, o := range map[string][]plugintest.Option{"here": nil, "process": {plugintest.Process()}} {
		t.Run(name, func(t *testing.T) {
			h := plugintest.Start(t, atelier.Module(), folder, append(o, plugintest.Outside("exemple.fr", site()))...)
			for _, host := range []string{"ecole.fr", "a.college.fr", "defaut.exemple.fr", "xn--cole-9oa.fr"} {
				h.Outside(host, site())
			}
			h.Set(map[string]any{"sites": "ecole.fr, *.college.fr https://college.fr * école.fr muette.fr"})
			lea := h.As(h.School.Pupil("Léa Martin"))
			at := func(u string) string { return "/dehors?u=" + url.QueryEscape(u) }
			plugintest.Has(t, lea.Get(at("https://exemple.fr/dit?q=1+2")), "200 OK", `exemple.fr /dit 1 2 preau=""`)
			plugintest.Has(t, lea.Get(at("https://exemple.fr")), "404 Not Found")
			plugintest.Has(t, lea.Get(at("https://exemple.fr/muet")), "200 OK")
			plugintest.Has(t, lea.Get(at("https://Ecole.fr/dit")), "ecole.fr /dit")
			plugintest.Has(t, lea.Get(at("https://école.fr/dit")), "xn--cole-9oa.fr /dit")
			plugintest.Has(t, lea.Get(at("https://a.college.fr/dit")), "a.college.fr /dit")
			plugintest.Has(t, lea.Get(at("https://exemple.fr/vers?u=https://ecole.fr/dit")), "ecole.fr /dit")
			for u, want := range map[string]struct {
				kind errors.Kind
				key  string
			}{
				"https://autre.fr/":                                  {errors.Denied, "egress.host"},
				"https://college.fr/":                                {errors.Denied, "egress.host"},
				"https://defaut.exemple.fr/dit":                      {errors.Denied, "egress.host"}, // a default opens nothing
				"https://muette.fr/":                                 {errors.Unavailable, "egress.silent"},
				"http://exemple.fr/dit":                              {errors.Invalid, "egress.https"},
				"https://127.0.0.1/":                                 {errors.Invalid, "egress.address"},
				"https://exemple.fr/trop":                            {errors.TooLarge, "egress.answer"},
				"https://exemple.fr/vers?u=https://autre.fr/dit":     {errors.Denied, "egress.host"},
				"https://exemple.fr/vers?u=http://169.254.169.254/x": {errors.Invalid, "egress.address"},
			} {
				a := lea.Do(http.MethodGet, at(u), nil)
				if a.Kind() != want.kind || !strings.Contains(a.String(), want.key) {
					t.Errorf("%s: %s, want %s", u, a, want.key)
				}
			}
		})
	}
}
