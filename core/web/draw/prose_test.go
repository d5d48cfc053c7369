package draw

import "testing"

func TestProse(t *testing.T) {
	c := sample(t).begin()
	for _, v := range []struct{ in, want string }{
		{"# Titre", "<h3>Titre</h3>\n"},
		{"###### Bas", "<h6>Bas</h6>\n"},
		{"l'été \"doux\"", "<p>l’été «\u00a0doux\u00a0»</p>\n"},
		{"- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"},
		{"<b>gras</b> <script>x</script>", "<p>gras x</p>\n"},
		{"![plan](https://ailleurs.fr/p.png)", "<p><em>plan</em></p>\n"},
		{"[lien](javascript:x)", "<p>lien</p>\n"},
		{"[lien](https://exemple.fr)", "<p><a href=\"https://exemple.fr\" rel=\"noreferrer\">lien</a></p>\n"},
		{"~~non~~ `x<y`", "<p><del>non</del> <code>x&lt;y</code></p>\n"},
	} {
		if got := c.prose(v.in, 3); got != v.want {
			t.Errorf("%q\n got %q\nwant %q", v.in, got, v.want)
		}
	}
}

func TestProseIsKeptInBounds(t *testing.T) {
	p := newProses(4)
	drawn := 0
	draw := func(k proseKey) string { drawn++; return k.source }
	for i := range 100 {
		p.get(proseKey{string(rune('a' + i)), 2}, draw)
		p.get(proseKey{"souvent", 2}, draw)
	}
	if len(p.young)+len(p.old) > 9 {
		t.Errorf("%d and %d kept, at most 4 each are meant", len(p.young), len(p.old))
	}
	if drawn != 101 {
		t.Errorf("drawn %d times: what is read often must stay", drawn)
	}
}

func FuzzProse(f *testing.F) {
	for _, a := range attacks {
		f.Add(a)
	}
	f.Fuzz(func(t *testing.T, source string) {
		for _, fault := range faults(t, []byte(drawProse(proseKey{source, 3}))) {
			t.Errorf("%q: %s", source, fault)
		}
	})
}
