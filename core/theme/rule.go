package theme

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/css"
)

// rule is one rule of a pack's styles: what it says of colours is held against
// the palette when it ends.
type rule struct {
	selector string
	front    string   // name of the colour of text, "" when not said
	backs    []string // names of the colours behind it
}

var (
	ornament = regexp.MustCompile(`::?(before|after)$`)
	sign     = regexp.MustCompile(`(\.i|svg|img|\.face|\.mark)(:[a-z-]+)*$`)
)

// adorns reports whether every selector is of something that says nothing:
// what ::before and ::after add.
func (r *rule) adorns() bool { return r.all(ornament) }

// pictures reports whether every selector is of an icon or a picture.
func (r *rule) pictures() bool { return r.all(sign) }

func (r *rule) all(kind *regexp.Regexp) bool {
	for _, s := range strings.Split(r.selector, ",") {
		if !kind.MatchString(strings.TrimSpace(s)) {
			return false
		}
	}
	return true
}

func (r *rule) note(d *declaration) {
	switch d.name {
	case "color":
		r.front = ""
		if names := colourNames(d.values); len(names) == 1 {
			r.front = names[0]
		}
	case "background", "background-color", "background-image":
		if d.name != "background-image" {
			r.backs = nil
		}
		r.backs = append(r.backs, colourNames(d.values)...)
	}
}

// contrasts holds the rule's colours against each other in every mode. A rule
// that names one of the two is held against what is there otherwise: paper and
// card behind words, ink on a background.
func (r *rule) contrasts(p *Pack) []Cell {
	if r.adorns() || r.front == "" && len(r.backs) == 0 {
		return nil
	}
	front, backs := r.front, r.backs
	if front == "" {
		front = "ink"
	}
	if len(backs) == 0 {
		if strings.HasPrefix(front, "on-") {
			backs = []string{strings.TrimPrefix(front, "on-")}
		} else {
			backs = []string{"paper", "card"}
		}
	}
	var bad []Cell
	for _, m := range p.modes() {
		palette, want := Derive(p.Tokens, m), m.text()
		if r.pictures() {
			want = m.mark()
		}
		for _, back := range backs {
			if c := cellOf(m, front, back, palette.colours[front], palette.colours[back], want); !c.Passes() {
				bad = append(bad, c)
			}
		}
	}
	return bad
}

// modes are those in which the pack is drawn.
func (p *Pack) modes() []Mode {
	if p.Strong {
		return []Mode{{Strong: true}, {Dark: true, Strong: true}}
	}
	return Modes
}

// colourNames lists the colours of the palette that values name.
func colourNames(values []css.Token) (names []string) {
	for _, t := range values {
		name, ok := strings.CutPrefix(string(t.Data), "--")
		if ok && slices.Contains(paletteNames, name) {
			names = append(names, name)
		}
	}
	return names
}

// paletteNames and lengthNames are the variables that styles may read.
var (
	paletteNames = Derive(Tokens{Tones: map[string]Colour{}}, Mode{}).Names()
	lengthNames  = []string{"text", "radius", "corner", "pad", "gap", "stroke", "leading", "weight", "sans", "serif", "tone", "wash"}
)
