package draw

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/preau-ent/preau/core/web/assets"
	"github.com/preau-ent/preau/sdk/ui"
)

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"

// TestSamplesInBrowser opens pages with every kind of node in Chromium, on a
// phone in light and on a desk in dark mode: no axe violation, nothing wider than the
// window, no complaint of the content policy. Pictures go to artefacts/draw.
func TestSamplesInBrowser(t *testing.T) {
	server := sampleServer(t)
	tab := newTab(t)
	axe, err := os.ReadFile("../../../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("axe-core is missing, run npm install: %v", err)
	}
	for _, name := range samplePaths() {
		for width, mode := range map[int64]string{360: "clair", 1280: "sombre"} {
			t.Run(fmt.Sprintf("%s-%d", name, width), func(t *testing.T) {
				tab.size(t, width)
				tab.open(t, server.URL+"/"+name+"?mode="+mode)
				tab.picture(t, name, width)
				for _, v := range tab.axe(t, string(axe)) {
					t.Error(v)
				}
				if wide := eval[int64](t, tab, "document.documentElement.scrollWidth"); wide > width {
					t.Errorf("%d px wide in a window of %d: %s", wide, width, eval[string](t, tab, widest))
				}
			})
		}
	}
	for _, said := range tab.said {
		t.Errorf("the browser complained: %s", said)
	}
}

const widest = `[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth+1).slice(0,4).map(e => e.tagName+'.'+e.className).join(' ')`

func samplePaths() []string {
	return []string{"kinds", "more", "form", "cal-week", "cal-month", "home", "edit", "catalogue", "signin", "failure"}
}

// sampleServer serves the sample pages with the strict policy.
func sampleServer(t *testing.T) *httptest.Server {
	sheet := sampleSheet()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /assets/{name}", func(w http.ResponseWriter, r *http.Request) {
		f, ok := assets.Get(r.PathValue("name"))
		if r.PathValue("name") == sheet.Name {
			f, ok = &sheet.File, true
		}
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", f.Type)
		_, _ = w.Write(f.Body)
	})
	mux.HandleFunc("GET /accueil/widget/{id}", func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(time.Second) // the picture shows it late
		_ = WidgetSection(w, sample(t), &Widget{Instance: r.PathValue("id"), Module: "actus", ID: "une", Name: "Actualités", State: OK, Node: ui.TextOf(ui.S("Arrivé"))})
	})
	mux.HandleFunc("GET /accueil/apercu/{id}", func(w http.ResponseWriter, r *http.Request) {
		_ = GlanceOf(w, sample(t), Offered{Widget: &Widget{Module: "devoirs", State: OK, Node: ui.TextOf(ui.S("Arrivé"))}})
	})
	mux.HandleFunc("GET /{name}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		l := sampleLayout(t)
		l.Appearance = ParseAppearance(r.FormValue("mode"))
		if said := r.FormValue("dit"); said != "" {
			l.Flash = &Flash{Tone: ui.Ok, Text: said}
		}
		if err := drawSample(w, sample(t), l, r.PathValue("name")); err != nil {
			t.Error(err)
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

func drawSample(w io.Writer, c *Context, l *Layout, name string) error {
	k := sampleKinds()
	page := func(names ...string) *ui.Page {
		p := ui.PageOf(ui.S("Cahier de textes"))
		p.Subtitle, p.Crumbs = ui.S("5e B · semaine du 23 novembre"), []*ui.Link{{Path: "/", Label: ui.S("Devoirs")}, {Path: "/classe", Label: ui.S("5e B")}}
		p.About = []*ui.About{yanis}
		for _, n := range names {
			p.Nodes = append(p.Nodes, k[n])
		}
		return p
	}
	switch name {
	case "kinds":
		return Page(w, c, l, page("paragraph", "toolbar", "filters", "banner", "list", "checklist", "facts", "table", "table-wide", "tabs", "progress", "empty", "unknown"))
	case "more":
		return Page(w, c, l, page("markdown", "files", "thread", "timeline", "chart", "chart-line", "indicator", "links", "action", "danger", "section", "agenda"))
	case "form":
		return Page(w, c, l, page("form"))
	case "cal-week":
		return Page(w, c, l, page("calendar"))
	case "cal-month":
		return Page(w, c, l, page("month", "day"))
	case "home", "edit":
		return Home(w, c, l, sampleHome(name == "edit"))
	case "catalogue":
		return Catalogue(w, c, l, sampleCatalogue())
	case "signin":
		return SignIn(w, c, &Layout{School: l.School, Stylesheet: l.Stylesheet, Appearance: l.Appearance}, &SignInPage{Login: "nbenali", Error: "Identifiant ou mot de passe inconnu."})
	}
	return Failure(w, c, l, sampleFailure)
}

// tab is one tab of Chromium.
type tab struct {
	ctx  context.Context
	said []string
}

func newTab(t *testing.T) *tab {
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()))
	ctx, stop := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	b := &tab{ctx: ctx}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return b
}

func (b *tab) size(t *testing.T, width int64) {
	_, err := chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width, Height: 800, DeviceScaleFactor: 1, Mobile: width < 600})
	if err != nil {
		t.Fatal(err)
	}
}

func (b *tab) open(t *testing.T, address string) {
	if err := chromedp.Do(b.ctx, chromedp.Navigate(address), chromedp.WaitReady("body")); err != nil {
		t.Fatal(err)
	}
}

func (b *tab) picture(t *testing.T, name string, width int64) {
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join("..", "..", "..", "artefacts", "draw")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	size := map[int64]string{360: "phone", 1280: "desk"}[width]
	if err := os.WriteFile(filepath.Join(dir, name+"-"+size+".png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
}

func (b *tab) axe(t *testing.T, source string) []string {
	eval[int](t, b, source+"\n;0")
	raw := eval[string](t, b, `axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations.map(v =>
		v.id + ': ' + v.help + ' — ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' ' + n.failureSummary.slice(0, 300)).join(' | '))))`)
	var out []string
	if err := json.NewDecoder(bytes.NewReader([]byte(raw))).Decode(&out); err != nil {
		t.Fatalf("axe: %v in %q", err, raw)
	}
	return slices.DeleteFunc(out, func(s string) bool { return strings.TrimSpace(s) == "" })
}

func eval[T any](t *testing.T, b *tab, script string) T {
	t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, func(p *runtime.EvaluateParams) { p.AwaitPromise = new(true) }))
	if err != nil {
		t.Fatal(err)
	}
	return v
}
