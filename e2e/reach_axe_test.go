package e2e

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// sheet is a theme pack and the address of its stylesheet for this school.
type sheet struct{ Pack, Address string }

// packIDs are the packs of the program, the default first.
var packIDs = []string{"preau", "ecole", "lycee", "contraste"}

// sheets has the school look like each pack once, and returns the stylesheets
// its pages then had. The last look is the default again.
func sheets(t *testing.T, b *Browser) []sheet {
	t.Helper()
	head := signedIn(t, school, school.Account(t, "direction", "Collège"))
	b = b.tab(t, Desktop)
	b.SignIn(school.Account(t, "direction", "Collège"))
	var all []sheet
	wear := func(pack string) string {
		status, err := head.post("/administration/apparence", url.Values{"theme": {pack}})
		if err != nil || status != http.StatusSeeOther {
			t.Fatalf("choosing the pack %s: %d, %v", pack, status, err)
		}
		b.Go("/compte")
		return eval[string](b, `document.querySelector('link[rel=stylesheet]').getAttribute('href')`)
	}
	for _, id := range packIDs {
		all = append(all, sheet{id, wear(id)})
	}
	if last := wear(packIDs[0]); last != all[0].Address {
		t.Fatalf("the default pack has two stylesheets: %s, %s", last, all[0].Address)
	}
	for i, one := range all[1:] {
		if one.Address == all[i].Address {
			t.Fatalf("packs %s and %s look the same", one.Pack, all[i].Pack)
		}
	}
	return all
}

// checker is axe-core, read once.
var checker = sync.OnceValues(func() (string, error) {
	src, err := os.ReadFile("../node_modules/axe-core/axe.min.js")
	return string(src) + "\n;0", err
})

// byEye are the rules whose answer depends on the stylesheet alone.
const byEye = `runOnly: ['color-contrast', 'target-size', 'link-in-text-block', 'scrollable-region-focusable'],`

// axe runs the checker and notes what it found under a column of the table.
func (v *visit) axe(only, column string) {
	v.t.Helper()
	src, err := checker()
	if err != nil {
		v.t.Fatalf("axe-core is missing (make setup installs it): %v", err)
	}
	if !eval[bool](v.Browser, `'axe' in window`) {
		eval[int](v.Browser, src)
	}
	raw := eval[string](v.Browser, atRest+`.then(() => axe.run(document, {`+only+`resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}).then(r => JSON.stringify(r.violations.map(v =>
		v.id + ' (' + v.impact + '): ' + v.help + ' — ' + v.nodes.slice(0, 2).map(n => n.html.slice(0, 160) + (n.any[0]?.message ?? '').slice(0, 160)).join(' | ')))))`)
	var found []string
	if err := json.Unmarshal([]byte(raw), &found); err != nil {
		v.t.Fatalf("axe: %v in %q", err, raw)
	}
	v.wrong("axe, "+column, found)
	v.note(column, len(found))
}

// inPacks looks at the page in every pack, light on a phone and dark on a
// desktop, and keeps pictures.
func (v *visit) inPacks() {
	v.t.Helper()
	for _, one := range v.packs {
		if eval[int](v.Browser, `reach.pack(`+quote(one.Address)+`)`) < 0 {
			v.t.Fatalf("no stylesheet %s of %s", one.Address, one.Pack)
		}
		v.Width(Phone)
		v.axe(byEye, one.Pack)
		v.keep(one.Pack, "360")
		v.Width(Desktop)
		v.keep(one.Pack, "1280")
		v.media("", "dark")
		v.axe(byEye, one.Pack+" sombre")
		v.media("", "light")
	}
	eval[int](v.Browser, `reach.pack(`+quote(v.packs[0].Address)+`)`)
}

// media sets what the page is shown on, and what the device prefers.
func (b *Browser) media(kind, scheme string) {
	b.call(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: kind,
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		return err
	})
}
