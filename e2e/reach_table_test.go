package e2e

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// pictures is where the pictures of this run are kept.
var pictures = filepath.Join("..", "artefacts", "reach")

// note keeps how many violations a page had under a column: the profile in the
// default pack, or a pack.
func (v *visit) note(column string, n int) {
	if column == "défaut" {
		column = v.profile
	}
	v.lock.Lock()
	defer v.lock.Unlock()
	page := kind(v.path)
	if v.results[page] == nil {
		v.results[page] = map[string]int{}
	}
	v.results[page][column] += n
}

// write leaves the table of violations in artefacts/reach.md.
func (r *reach) write(t *testing.T) {
	t.Helper()
	columns := slices.Clone(profiles)
	for _, one := range r.packs {
		columns = append(columns, one.Pack, one.Pack+" sombre")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# axe: violations by page, profile and pack\n\n%d kinds of pages, %d templates. Profiles: the default pack, light, every rule. Packs: the rules that a stylesheet can break, once a template, light on a phone and dark on a desktop.\n\n", len(r.results), len(r.templates))
	fmt.Fprintf(&b, "| page | %s |\n|---|%s\n", strings.Join(columns, " | "), strings.Repeat("--:|", len(columns)))
	for _, page := range slices.Sorted(maps.Keys(r.results)) {
		b.WriteString("| " + page + " |")
		for _, c := range columns {
			cell := "·"
			if n, ok := r.results[page][c]; ok {
				cell = strconv.Itoa(n)
			}
			b.WriteString(" " + cell + " |")
		}
		b.WriteString("\n")
	}
	if err := os.WriteFile(filepath.Join("..", "artefacts", "reach.md"), []byte(b.String()), 0o644); err != nil {
		t.Error(err)
	}
	t.Logf("%d kinds of pages, %d templates", len(r.results), len(r.templates))
}

// keep takes a picture of the page in a pack, as it is shown now.
func (v *visit) keep(pack, how string) {
	v.t.Helper()
	dir := filepath.Join(pictures, pack)
	err := os.MkdirAll(dir, 0o755)
	if err == nil {
		var jpeg []byte
		if jpeg, err = chromedp.Run(v.ctx, chromedp.FullScreenshot(60)); err == nil {
			err = os.WriteFile(filepath.Join(dir, v.profile+"-"+fileName(v.path)+"-"+how+".jpg"), jpeg, 0o644)
		}
	}
	if err != nil {
		v.t.Errorf("picture of %s: %v", v.path, err)
	}
}
