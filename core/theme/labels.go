package theme

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/sdk/errors"
)

// maxLabel bounds a label, in letters: it must fit the bar of a phone.
const maxLabel = 30

// labels allows the words that a school may change too: names of places, never
// what warns, explains or asks for consent.
func (e *examination) labels(p *Pack) {
	may := locale.CoreLabels()
	for lang, words := range p.Labels {
		for key, text := range words {
			switch {
			case !slices.Contains(may, key):
				e.blame(packFile, errors.New(errors.Invalid, "theme.label", "key", lang+": "+key))
			case strings.TrimSpace(text) == "" || utf8.RuneCountInString(text) > maxLabel || strings.ContainsFunc(text, unprintable):
				e.blame(packFile, errors.New(errors.Invalid, "theme.label.text", "key", lang+": "+key, "most", maxLabel))
			}
		}
	}
}

// unprintable is what turns, hides or breaks a line, and what HTML or a
// template would take for its own.
func unprintable(r rune) bool {
	return !unicode.IsPrint(r) && r != '\u00a0' && r != '\u202f' || strings.ContainsRune("{}<>", r)
}

// Labels returns what a pack calls things in a language, by the core's key; nil
// when it changes no word. It must not be changed.
func (t *Themes) Labels(look Look, lang string) map[string]string {
	if p := t.shelf.list()[look.Pack]; p != nil {
		return p.Labels[lang]
	}
	return nil
}
