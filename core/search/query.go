package search

import (
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
)

// maxWords is how many words of a question count.
const maxWords = 8

// word is one word of a question.
type word struct {
	plain string // folded
	stem  string // empty: a little word, which helps but is not asked for
}

// wordsOf takes a question apart as documents are.
func wordsOf(m mapping.IndexMapping, text string) (list []word) {
	seen := map[string]bool{}
	for _, token := range m.AnalyzerNamed(plain).Analyze([]byte(text)) {
		w := word{plain: string(token.Term)}
		if seen[w.plain] || len(list) == maxWords {
			continue
		}
		seen[w.plain] = true
		for _, t := range m.AnalyzerNamed(stems).Analyze([]byte(w.plain)) {
			w.stem = string(t.Term)
		}
		list = append(list, w)
	}
	return list
}

// asked returns the words that matter: all when all are little.
func asked(list []word) (must, may []word) {
	for _, w := range list {
		if w.stem != "" {
			must = append(must, w)
		} else {
			may = append(may, w)
		}
	}
	if len(must) == 0 {
		return may, nil
	}
	return must, may
}

// Weights of the ways to meet a word. What is written as it was asked for comes
// before what only resembles it, a title before a text.
const (
	titleExact  = 6
	titleStem   = 4
	titleBegins = 2
	titleSlip   = 1
	textStem    = 1.5
	textBegins  = 0.5
	textSlip    = 0.2
)

// way is one way to meet a word: a term of a field or, when some letters may be
// wrong or the word is only begun, the terms that resemble it.
type way struct {
	field, text string
	boost       float64
	slips       int
	begins      bool
}

// ways to meet one word: exactly, by its stem, as the beginning of a longer one in
// a title; loosely also anywhere, and with a slip or two.
func (w word) ways(loosely bool) []way {
	list := []way{{field: titleWords, text: w.plain, boost: titleExact}}
	if w.stem != "" {
		list = append(list, way{field: titleStems, text: w.stem, boost: titleStem}, way{field: textStems, text: w.stem, boost: textStem})
	} else {
		list = append(list, way{field: textWords, text: w.plain, boost: textBegins})
	}
	n := utf8.RuneCountInString(w.plain)
	if n >= 3 {
		list = append(list, way{field: titleWords, text: w.plain, boost: titleBegins, begins: true})
	}
	if !loosely {
		return list
	}
	if n >= 3 {
		list = append(list, way{field: textWords, text: w.plain, boost: textBegins, begins: true})
	}
	if slips := slipsIn(n); slips > 0 {
		list = append(list, way{field: titleWords, text: w.plain, boost: titleSlip, slips: slips}, way{field: textWords, text: w.plain, boost: textSlip, slips: slips})
	}
	return list
}

// terms are the words of the index by which a way is met.
func (w way) terms(r index.IndexReader) ([]like, error) {
	switch {
	case w.slips > 0:
		return near(r, w.field, w.text, w.slips)
	case w.begins:
		return begun(r, w.field, w.text)
	}
	return []like{{text: w.text}}, nil
}

// slipsIn is how many letters of a word of n may be wrong, missing, too many or
// swapped with the next.
func slipsIn(n int) int {
	switch {
	case n < 4:
		return 0
	case n < 8:
		return 1
	}
	return 2
}
