package e2e

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Address and Path tell where the browser is.
func (b *Browser) Address() (u string) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	u, _ = chromedp.Run(ctx, chromedp.Location())
	return u
}

// Path is the address without scheme and host.
func (b *Browser) Path() string { return strings.TrimPrefix(b.Address(), school.URL) }

// Text is what the page says, as a reader sees it.
func (b *Browser) Text() string {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	s, _ := chromedp.Run(ctx, chromedp.Text("body"))
	return s
}

// Sees fails unless every text is on the page.
func (b *Browser) Sees(texts ...string) {
	b.t.Helper()
	body := fold(b.Text())
	for _, want := range texts {
		if !strings.Contains(body, fold(want)) {
			b.Picture("missing-" + strings.ReplaceAll(b.t.Name(), "/", "-"))
			b.t.Errorf("at %s: «%s» is not on the page:\n%s", b.Path(), want, clip(b.Text(), 1500))
		}
	}
}

// fold makes words comparable however the page breaks and spaces them.
func fold(s string) string {
	s = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "’", "'").Replace(s)
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}

// eval runs a script in the page and returns its answer.
func eval[T any](b *Browser, script string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, func(p *runtime.EvaluateParams) { p.AwaitPromise = new(true) }))
	if err != nil {
		b.fail("script %s: %v", clip(script, 120), err)
	}
	return v
}

// Picture keeps what is seen now as artefacts/<name>.png, the whole page.
func (b *Browser) Picture(name string) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		return
	}
	dir := filepath.Join("..", "artefacts")
	os.MkdirAll(dir, 0o755)
	os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
}

// axe runs the accessibility checker on the page and returns its complaints.
func (b *Browser) axe() []string {
	b.t.Helper()
	src, err := os.ReadFile("../node_modules/axe-core/axe.min.js")
	if err != nil {
		b.t.Fatalf("axe-core is missing (make setup installs it): %v", err)
	}
	eval[int](b, string(src)+"\n;0")
	raw := eval[string](b, atRest+`.then(() => axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations.map(v =>
		v.id + ' (' + v.impact + '): ' + v.help + ' — ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')))))`)
	var out []string
	if err := json.Unmarshal([]byte(raw), &out); err != nil {
		b.t.Fatalf("axe: %v in %q", err, raw)
	}
	return out
}

// atRest is a promise that nothing fades or moves any more: halfway from one
// colour to another a text may be too faint.
const atRest = `Promise.allSettled(document.getAnimations().filter(a => a.effect.getComputedTiming().endTime < Infinity).map(a => a.finished))`

// Sound fails the test when the page has an axe violation, a CSP report, a
// script error, or is wider than the window.
func (b *Browser) Sound() {
	b.t.Helper()
	if !b.still { // axe is a script that waits for others
		for _, v := range b.axe() {
			b.t.Errorf("axe at %s: %s", b.Path(), v)
		}
	}
	wide := eval[struct{ Page, Window int64 }](b, `({Page: document.documentElement.scrollWidth, Window: window.innerWidth})`)
	if wide.Page > wide.Window {
		b.Picture("wide-" + strings.ReplaceAll(strings.Trim(b.Path(), "/"), "/", "-"))
		b.t.Errorf("%s is %d px wide in a window of %d", b.Path(), wide.Page, wide.Window)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.faults {
		b.t.Errorf("the browser complained at %s: %s", b.Path(), f)
	}
	b.faults = nil
}

func clip(s string, n int) string {
	if len(s) > n {
		return s[:n] + "…"
	}
	return s
}

// Status asks for a path with the browser's own session and returns the code.
func (b *Browser) Status(path string) int {
	b.t.Helper()
	return eval[int](b, `(() => { const x = new XMLHttpRequest(); x.open('GET', `+quote(path)+`, false); x.send(); return x.status })()`)
}

func quote(s string) string {
	text, _ := json.Marshal(s)
	return string(text)
}
