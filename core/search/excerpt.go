package search

import (
	"strings"
	"unicode"

	"github.com/blevesearch/bleve/v2/analysis/char/asciifolding"
)

// around is how many characters an excerpt shows before and after a word.
const around = 70

var ascii = asciifolding.New()

// fold writes a word as the index does.
func fold(s string) string { return strings.ToLower(string(ascii.Filter([]byte(s)))) }

// excerpt returns the piece of the text around the first word that was asked
// for and that the title does not have; empty when there is none.
func excerpt(text, title string, words []word) string {
	runes := []rune(strings.Join(strings.Fields(strings.Map(unmarked, text)), " "))
	said := fold(title)
	for start := 0; start < len(runes); {
		if !letter(runes[start]) {
			start++
			continue
		}
		end := start
		for end < len(runes) && letter(runes[end]) {
			end++
		}
		here := fold(string(runes[start:end]))
		for _, w := range words {
			if w.stem != "" && !strings.Contains(said, root(w)) && strings.HasPrefix(here, root(w)) {
				return piece(runes, start, end)
			}
		}
		start = end
	}
	return ""
}

// root is what all forms of a word begin with, more or less.
func root(w word) string {
	n := len(w.plain)
	for n > 0 && (n > len(w.stem) || w.plain[:n] != w.stem[:n]) {
		n--
	}
	if n < 3 {
		return w.plain
	}
	return w.plain[:n]
}

// unmarked takes the marks of Markdown away: those within a line without a gap, as
// in «l’**introduction**»; _ stays, it is in the names of files.
func unmarked(r rune) rune {
	switch r {
	case '*', '`', '[':
		return -1
	case '#', '>', '|', ']':
		return ' '
	}
	return r
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// piece cuts between words.
func piece(runes []rune, start, end int) string {
	from, to := max(0, start-around), min(len(runes), end+around)
	for from > 0 && from < start && runes[from-1] != ' ' {
		from++
	}
	for to < len(runes) && to > end && runes[to] != ' ' {
		to--
	}
	out := strings.TrimSpace(string(runes[from:to]))
	if from > 0 {
		out = "… " + out
	}
	if to < len(runes) {
		out += " …"
	}
	return out
}
