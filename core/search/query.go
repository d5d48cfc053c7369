package search

import (
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
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

// meet is a query for one word, met exactly, by its stem, as the beginning of a
// longer one in a title; loosely also anywhere, and with a slip or two.
func (w word) meet(loosely bool) query.Query {
	list := []query.Query{term1(titleWords, w.plain, titleExact)}
	if w.stem != "" {
		list = append(list, term1(titleStems, w.stem, titleStem), term1(textStems, w.stem, textStem))
	} else {
		list = append(list, term1(textWords, w.plain, textBegins))
	}
	n := utf8.RuneCountInString(w.plain)
	if n >= 3 {
		list = append(list, begins(titleWords, w.plain, titleBegins))
	}
	if !loosely {
		return bleve.NewDisjunctionQuery(list...)
	}
	if n >= 3 {
		list = append(list, begins(textWords, w.plain, textBegins))
	}
	if slips := slipsIn(n); slips > 0 {
		list = append(list, slip(titleWords, w.plain, slips, titleSlip), slip(textWords, w.plain, slips, textSlip))
	}
	return bleve.NewDisjunctionQuery(list...)
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

func term1(field, text string, boost float64) query.Query {
	q := bleve.NewTermQuery(text)
	q.SetField(field)
	q.SetBoost(boost)
	return q
}

func begins(field, text string, boost float64) query.Query {
	q := bleve.NewPrefixQuery(text)
	q.SetField(field)
	q.SetBoost(boost)
	return q
}

func slip(field, text string, slips int, boost float64) query.Query {
	q := bleve.NewFuzzyQuery(text)
	q.SetField(field)
	q.SetBoost(boost)
	q.SetFuzziness(slips)
	if slips > 1 {
		q.SetPrefix(1) // two slips anywhere make too many words alike
	}
	return q
}

// anyOf matches documents with one of the terms, without a say in their order.
func anyOf(field string, terms []string) query.Query {
	list := make([]query.Query, len(terms))
	for i, t := range terms {
		list[i] = term1(field, t, 0)
	}
	return bleve.NewDisjunctionQuery(list...)
}
