package theme

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// While a font of a pack is not there (and it never comes later: see faces),
// text is set in a font of the device that is stretched to its measures, so
// that lines break in the same places. These are the widths of Arial, to which
// the local fonts below are cut.
const (
	arialWidth     = 0.4371
	arialBoldWidth = 0.4721
)

// Names of the fonts of devices that have Arial's widths, or nearly.
var (
	local     = []string{"Arial", "Liberation Sans", "Arimo", "Helvetica", "Roboto"}
	localBold = []string{"Arial Bold", "Liberation Sans Bold", "Arimo Bold", "Helvetica Bold", "Roboto Bold"}
)

// plainName is the family of the stand-in.
func plainName(family string) string { return family + " plain" }

// faces are the @font-face rules of the pack. A font is taken when it is there
// at once (from the second page on it is, out of the browser's cache) and not
// at all otherwise: nothing ever jumps, nobody waits.
func (p *Pack) faces() string {
	var b strings.Builder
	for _, f := range p.Fonts {
		style := ""
		if f.Style != "" {
			style = "font-style:" + f.Style + ";"
		}
		fmt.Fprintf(&b, `@font-face{font-family:%s;font-weight:%s;%sfont-display:optional;src:url(%s) format("woff2")}`,
			quoted(f.Family), f.Weight, style, p.address(f.File))
		b.WriteString(f.standIn(style))
	}
	return b.String()
}

// standIn is the rule of the local font with the measures of f.
func (f Font) standIn(style string) string {
	low, _, ranged := strings.Cut(f.Weight, " ")
	n, _ := strconv.Atoi(low) // checked
	names, width := local, arialWidth
	if n >= 600 && !ranged {
		names, width = localBold, arialBoldWidth
	}
	var from []string
	for _, name := range names {
		from = append(from, `local("`+name+`")`)
	}
	m := f.measure
	adjust := m.width / width
	percent := func(x float64) string { return strconv.FormatFloat(x*100, 'f', 1, 64) + "%" }
	return fmt.Sprintf("@font-face{font-family:%s;font-weight:%s;%ssrc:%s;size-adjust:%s;ascent-override:%s;descent-override:%s;line-gap-override:%s}",
		quoted(plainName(f.Family)), f.Weight, style, strings.Join(from, ","),
		percent(adjust), percent(m.ascent/adjust), percent(m.descent/adjust), percent(m.gap/adjust))
}

// families writes a list of families, each font of the pack with its stand-in
// after it.
func (p *Pack) families(all []string) string {
	var list []string
	for _, f := range all {
		list = append(list, quoted(f))
		if slices.ContainsFunc(p.Fonts, func(own Font) bool { return own.Family == f }) {
			list = append(list, quoted(plainName(f)))
		}
	}
	return strings.Join(list, ",")
}

// quoted quotes a name with spaces; generic families stay words.
func quoted(family string) string {
	if strings.Contains(family, " ") {
		return `"` + family + `"`
	}
	return family
}
