package identity

import (
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// ligatures that decomposition leaves as they are.
var ligatures = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss", "ø", "o", "ł", "l", "đ", "d")

// Fold returns s in lower case without accents, so that "Léa" and "LEA" are
// found alike.
func Fold(s string) string {
	strip := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	folded, _, err := transform.String(strip, strings.ToLower(strings.TrimSpace(s)))
	if err != nil {
		folded = strings.ToLower(strings.TrimSpace(s))
	}
	return ligatures.Replace(folded)
}

// maxWord bounds a word of the search index, in bytes.
const maxWord = 48

// foldWords returns the folded words of these texts, each once.
func foldWords(texts ...string) []string {
	var words []string
	seen := map[string]bool{}
	for _, text := range texts {
		for _, w := range strings.FieldsFunc(Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if len(w) > maxWord {
				w = strings.ToValidUTF8(w[:maxWord], "")
			}
			if !seen[w] {
				seen[w] = true
				words = append(words, w)
			}
		}
	}
	return words
}

// sortName is what people are ordered by: last name, then first name, folded
// and bounded so that it fits into a key.
func sortName(last, first string) string {
	name := Fold(last) + "\x00" + Fold(first)
	if len(name) > 200 {
		name = strings.ToValidUTF8(name[:200], "")
	}
	return name
}
