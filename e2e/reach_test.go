package e2e

import (
	"context"
	_ "embed"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestReach walks through every page that each profile reaches from home, two
// profiles at a time in one browser, and asks of it what WCAG 2.2 AA and RGAA
// ask: see the files reach_*. A template (what kinds of parts a page is made
// of) met for the first time is also looked at in every other pack, light and
// dark. What was found is in artefacts/reach.md, the pictures are in
// artefacts/reach.
func TestReach(t *testing.T) {
	b := open(t, Desktop)
	r := &reach{packs: sheets(t, b), templates: map[string]bool{}, results: map[string]map[string]int{}}
	if err := os.RemoveAll(pictures); err != nil {
		t.Fatal(err)
	}
	t.Run("profile", func(t *testing.T) {
		for _, profile := range profiles {
			t.Run(profile, func(t *testing.T) {
				t.Parallel()
				r.walk(t, b.tab(t, Desktop), profile)
			})
		}
	})
	r.write(t)
}

// reach is what one run looks at and has found.
type reach struct {
	packs []sheet // the default one first

	lock      sync.Mutex
	templates map[string]bool           // met before
	results   map[string]map[string]int // page → column of the table → violations
}

// visit is one page in front of one profile.
type visit struct {
	*Browser
	*reach
	t       *testing.T
	profile string
	path    string
	menu    []string // of the profile's home
}

func (r *reach) walk(t *testing.T, b *Browser, profile string) {
	b.SignIn(school.Account(t, profile, "Collège"))
	v := &visit{Browser: b, reach: r, t: t, profile: profile}
	pages := walk(b, func(path string) {
		v.path = path
		v.look()
	})
	if len(pages) < 8 {
		t.Errorf("%s reaches only %d kinds of pages: %v", profile, len(pages), pages)
	}
	v.wrong("not come by", missed(profile, pages))
	t.Logf("%s: %d kinds of pages", profile, len(pages))
}

//go:embed reach.js
var asked string

// look asks everything of the page that is shown.
func (v *visit) look() {
	eval[int](v.Browser, asked)
	v.sameFrame()
	v.axe("", "défaut")
	v.narrow()
	v.focus()
	if !v.isNew() {
		v.sound()
		return
	}
	v.order()
	v.beside()
	v.paper()
	v.inPacks()
	v.sound()
	v.still()
}

// isNew reports whether nobody has met this template before.
func (v *visit) isNew() bool {
	key := kind(v.path) + " " + eval[string](v.Browser, `reach.made()`)
	v.lock.Lock()
	defer v.lock.Unlock()
	known := v.templates[key]
	v.templates[key] = true
	return !known
}

// wrong tells what was found on this page; nothing is well.
func (v *visit) wrong(what string, found []string) {
	v.t.Helper()
	for _, f := range found[:min(len(found), 4)] {
		v.t.Errorf("%s, %s: %s: %s", v.profile, v.path, what, f)
	}
	if n := len(found) - 4; n > 0 {
		v.t.Errorf("%s, %s: %s: and %d more", v.profile, v.path, what, n)
	}
}

// sameFrame: one title, one main part, and the navigation of every other page.
func (v *visit) sameFrame() {
	v.t.Helper()
	v.wrong("frame", eval[[]string](v.Browser, `reach.frame()`))
	menu := eval[[]string](v.Browser, `reach.menu()`)
	switch {
	case v.menu == nil:
		v.menu = menu
	case !slices.Equal(menu, v.menu):
		v.t.Errorf("%s, %s: the navigation is another than on the home page:\n%s\n%s", v.profile, v.path, strings.Join(menu, " · "), strings.Join(v.menu, " · "))
	}
	if crumbs := eval[int](v.Browser, `document.querySelectorAll('.crumbs').length`); crumbs != 1 && v.path != "/" {
		v.t.Errorf("%s, %s: %d paths of where one is", v.profile, v.path, crumbs)
	}
}

// sound: nothing the browser itself complained of.
func (v *visit) sound() {
	v.t.Helper()
	v.mu.Lock()
	defer v.mu.Unlock()
	v.wrong("browser", v.faults)
	v.faults = nil
}

// tab opens another tab of the browser, with cookies of its own.
func (b *Browser) tab(t *testing.T, width int64) *Browser {
	t.Helper()
	ctx, stop := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(stop)
	next := &Browser{t: t, ctx: ctx}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	go next.listen(chromedp.Console(ctx))
	next.Width(width)
	next.call(func(ctx context.Context) error { // as if the person looked at this tab
		_, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return err
	})
	return next
}
