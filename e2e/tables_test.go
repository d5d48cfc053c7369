package e2e

import "testing"

// TestTablesShowWhatIsThere: on a phone a line of the journal has no place for what
// it does not say; in the narrowest letters yes and its sign stay on one line.
func TestTablesShowWhatIsThere(t *testing.T) {
	b := open(t, Desktop)
	packs := sheets(t, b)
	b.SignIn(school.Account(t, "direction", "Collège"))
	b.Go("/administration/droits")
	eval[int](b, asked)
	for _, pack := range packs {
		eval[int](b, `reach.pack(`+quote(pack.Address)+`)`)
		if n := eval[int](b, `[...document.querySelectorAll('td[class*=t-] > div')].filter(d => d.clientHeight > 1.9 * parseFloat(getComputedStyle(d).lineHeight)).length`); n > 0 {
			t.Errorf("%s: %d signs stand above their word", pack.Pack, n)
		}
	}
	b.Width(Phone)
	b.Go("/administration/journal")
	shown := eval[[]int](b, `(all => [all.length, all.filter(td => !td.textContent.trim()).length])([...document.querySelectorAll('main td')].filter(td => td.checkVisibility()))`)
	if shown[0] < 10 || shown[1] > 0 {
		t.Errorf("%d of %d cells are empty", shown[1], shown[0])
	}
	if n := eval[int](b, `[...document.querySelectorAll('main tr')].filter(tr => [...tr.children].filter(td => td.checkVisibility() && td.matches('td')).slice(-1).some(td => parseFloat(getComputedStyle(td).borderBottomWidth) > 0)).length`); n > 0 {
		t.Errorf("%d lines end with a rule under which nothing stands", n)
	}
	b.Sound()
	b.Picture("journal-phone")
}
