package theme

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/preau-ent/preau/sdk/errors"
)

// Renameable lists the words of the frame that a theme may say its own way:
// names of places, never what warns, explains or asks for consent.
var Renameable = []string{
	"web.nav.home", "draw.menu", "draw.notices", "draw.account.page",
	"draw.family.scolarite", "draw.family.communication", "draw.family.vie", "draw.family.outils",
}

// maxLabel bounds a label, in letters: it must fit the bar of a phone.
const maxLabel = 30

func (e *examination) labels(p *Pack) {
	for lang, words := range p.Labels {
		for key, text := range words {
			switch {
			case !slices.Contains(Renameable, key):
				e.blame(packFile, errors.New(errors.Invalid, "theme.label", "key", lang+": "+key))
			case strings.TrimSpace(text) == "" || utf8.RuneCountInString(text) > maxLabel || strings.ContainsFunc(text, unprintable):
				e.blame(packFile, errors.New(errors.Invalid, "theme.label.text", "key", lang+": "+key, "most", maxLabel))
			}
		}
	}
}

// unprintable is what turns, hides or breaks a line, and what a template of the
// catalogue would take for its own.
func unprintable(r rune) bool {
	return !unicode.IsPrint(r) || r == '{' || r == '}' || r == '<' || r == '>'
}
