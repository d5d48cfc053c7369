package theme

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"

	"github.com/preau-ent/preau/sdk/errors"
)

// Font is one file of a family of fonts that a pack brings.
type Font struct {
	Family string `yaml:"family"` // as tokens.json names it
	File   string `yaml:"file"`   // WOFF2
	Weight string `yaml:"weight"` // "400", or "300 700" of a variable font
	Style  string `yaml:"style"`  // "" or italic

	size    int
	measure measure
}

// measure is how large letters are, in sizes of the font.
type measure struct{ ascent, descent, gap, width float64 }

// examine reads the font and measures it.
func (f *Font) examine(src []byte) error {
	low, high, ranged := strings.Cut(f.Weight, " ")
	if !isWeight(low) || ranged && !isWeight(high) || !isFamily(f.Family) || f.Style != "" && f.Style != "italic" {
		return errors.New(errors.Invalid, "theme.font.says", "family", f.Family)
	}
	list, err := unpack(src)
	if err == nil {
		f.measure, err = measureOf(list)
	}
	if err != nil {
		return errors.Wrap(err, errors.Invalid, "theme.font", "file", f.File)
	}
	f.size = len(src)
	return nil
}

func isWeight(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n >= 100 && n <= 900
}

// measureOf reads heights and the width of French text.
func measureOf(list map[string]table) (m measure, err error) {
	defer func() { // the reader of tables is not ours, the font somebody's
		if recover() != nil {
			err = fmt.Errorf("tables")
		}
	}()
	head, _, err := tables.ParseHead(list["head"].data)
	if err != nil {
		return m, err
	}
	hhea, _, err := tables.ParseHhea(list["hhea"].data)
	if err != nil {
		return m, err
	}
	os2, _, err := tables.ParseOs2(list["OS/2"].data)
	if err != nil {
		return m, err
	}
	raw, _, err := tables.ParseCmap(list["cmap"].data)
	if err != nil {
		return m, err
	}
	letters, _, err := font.ProcessCmap(raw, tables.FPNone)
	if err != nil {
		return m, err
	}
	em := float64(head.UnitsPerEm)
	if em < 16 {
		return m, fmt.Errorf("units per em")
	}
	m = measure{float64(hhea.Ascender) / em, -float64(hhea.Descender) / em, float64(hhea.LineGap) / em, 0}
	if os2.FsSelection&(1<<7) != 0 { // the font asks for its typographic heights
		m = measure{float64(os2.STypoAscender) / em, -float64(os2.STypoDescender) / em, float64(os2.STypoLineGap) / em, 0}
	}
	m.width, err = widthOf(list["hmtx"], int(hhea.NumOfLongMetrics), letters, em)
	if err == nil && (m.ascent <= 0 || m.ascent > 3 || m.descent < 0 || m.descent > 3 || m.gap < 0 || m.gap > 3) {
		err = fmt.Errorf("heights %+v", m)
	}
	return m, err
}

// french is how often letters come in a French text, per thousand.
var french = map[rune]int{' ': 170, 'e': 122, 's': 66, 'a': 63, 'i': 62, 't': 60, 'n': 59, 'r': 54, 'u': 52, 'l': 45, 'o': 45, 'd': 30,
	'c': 26, 'm': 25, 'p': 21, 'v': 14, 'q': 11, 'f': 9, 'b': 7, 'g': 7, 'h': 6, 'j': 5, 'x': 3, 'y': 3, 'z': 1, 'k': 1, 'w': 1}

// widthOf is the mean width of a letter of French text.
func widthOf(hmtx table, metrics int, letters font.Cmap, em float64) (float64, error) {
	first, step := 0, 4
	if hmtx.recast { // WOFF2 keeps the advances alone, after a byte of flags
		first, step = 1, 2
	}
	if metrics == 0 || len(hmtx.data) < first+metrics*step {
		return 0, fmt.Errorf("widths")
	}
	sum, all := 0.0, 0
	for r, often := range french {
		glyph, ok := letters.Lookup(r)
		if !ok {
			return 0, fmt.Errorf("no letter %q", r)
		}
		i := min(int(glyph), metrics-1)
		sum += float64(binary.BigEndian.Uint16(hmtx.data[first+i*step:])) * float64(often)
		all += often
	}
	width := sum / float64(all) / em
	if width < 0.1 || width > 2 {
		return 0, fmt.Errorf("width %f", width)
	}
	return width, nil
}
