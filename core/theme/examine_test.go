package theme

import (
	"io/fs"
	"testing"

	"github.com/preau-ent/preau/themes"
)

func TestOurPacksPass(t *testing.T) {
	for _, id := range []string{"preau", "ecole", "lycee", "contraste"} {
		folder, err := fs.Sub(themes.FS, id)
		if err != nil {
			t.Fatal(err)
		}
		r := Examine(folder)
		for _, f := range r.Findings {
			t.Errorf("%s: %s: %s %v", id, f.Where, f.Key, f.Args)
		}
		t.Logf("%s: stylesheet %d bytes compressed, fonts %d", id, r.Styles, r.Fonts)
		if r.Pack != nil {
			for _, f := range r.Pack.Fonts {
				t.Logf("  %s %s %.3v", f.Family, f.Weight, f.measure)
			}
		}
	}
}
