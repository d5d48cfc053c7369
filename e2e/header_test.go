package e2e

import "testing"

// rowsOfTop counts the rows that the header is made of.
const rowsOfTop = `(() => {
	let n = 0, bottom = -9;
	const all = [...document.querySelectorAll('.top .brand, .top .find, .top a.tool, .top summary')].map(el => el.getBoundingClientRect());
	for (const r of all.sort((a, b) => a.top - b.top)) {
		if (r.top >= bottom - 2) n++;
		bottom = Math.max(bottom, r.bottom);
	}
	return n;
})()`

// smallTools are those of the header that a finger does not hit.
const smallTools = `[...document.querySelectorAll('.top .find .tool, .top a.tool, .top summary')].map(el => el.getBoundingClientRect())
	.filter(r => r.width < 43.9 || r.height < 40 || r.left < 0 || r.right > innerWidth).map(r => JSON.stringify(r))`

// TestHeaderOfAPhone: in every pack the name stands beside the tools and the
// children below, one row fewer than when each had its own; a wide logo or large
// letters take the row they need, and nothing is ever wider than the window.
func TestHeaderOfAPhone(t *testing.T) {
	b := open(t, Desktop)
	packs := sheets(t, b)
	b = b.tab(t, Phone)
	b.SignIn(school.Account(t, "parent", "Collège"))
	b.Go("/compte/affichage") // has the wide letters at hand
	letters := `new Promise(done => {
		const old = document.querySelector('link[href*="/dys-"]'), link = old ?? document.createElement('link');
		Object.assign(link, {rel: 'stylesheet', href: ` + quote(eval[string](b, `document.querySelector('link[href*="/dys-"]').getAttribute('href')`)) + `, media: 'all', onload: () => done(1)});
		old ? done(0) : document.head.append(link);
	})`
	for _, path := range []string{"/compte/affichage", "/", "/m/devoirs/", "/m/agenda/", "/compte/notifications", "/notifications"} {
		b.Go(path)
		eval[int](b, asked)
		eval[int](b, letters)
		for _, pack := range packs {
			eval[int](b, `reach.pack(`+quote(pack.Address)+`)`)
			for _, look := range []string{"", "grand", "tresgrand"} {
				for _, font := range []string{"", "dys"} {
					eval[any](b, `(d => { d.size = `+quote(look)+`; d.font = `+quote(font)+` })(document.documentElement.dataset)`)
					for _, width := range []int64{320, Phone} {
						b.Width(width)
						eval[any](b, `document.fonts.ready.then(() => new Promise(requestAnimationFrame))`)
						for _, found := range append(eval[[]string](b, `reach.wide()`), eval[[]string](b, smallTools)...) {
							t.Errorf("%s, %s %s %s, %d px: %s", path, pack.Pack, look, font, width, found)
						}
						if n := eval[int](b, rowsOfTop); width == Phone && look == "" && font == "" && n != 2 {
							t.Errorf("%s, %s: %d rows", path, pack.Pack, n)
						}
					}
				}
			}
		}
	}
}
