package roster

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ligatures that Unicode does not take apart but people type in two letters.
var ligatures = strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae", "ß", "ss")

// Fold returns s in lower case with nothing but letters and digits and without
// accents, so that "O'Brien", "O BRIEN" and "o-brien" are one name.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(ligatures.Replace(s)) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// tidy trims s and makes every run of white space one space.
func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }
