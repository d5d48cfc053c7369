package search

import (
	"cmp"
	"slices"

	index "github.com/blevesearch/bleve_index_api"

	"github.com/preau-ent/preau/sdk/errors"
)

// A word with a slip, or one that is only begun, is looked up among the words
// that the index has; those it resembles most are asked for. To ask for all that
// it could possibly mean costs ten times as much and finds nothing better.
const (
	mostNear  = 40    // words with a slip
	mostBegun = 60    // words that begin so
	readBegun = 4_000 // of those looked at: they come in the order of the alphabet
)

// like is a word of the index that resembles another.
type like struct {
	text  string
	far   uint8  // letters that differ
	used  uint64 // documents that have it; 0: not counted
	begin int    // bytes at the beginning that are the same
}

// near lists the words of a field that differ from one by so many letters at
// most: those that differ least first, and of those the ones that begin alike,
// since slips come late in a word.
func near(r index.IndexReader, field, text string, slips int) ([]like, error) {
	same := "" // two slips anywhere make too many words alike
	if slips > 1 {
		for i := range text {
			if i > 0 {
				same = text[:i]
				break
			}
		}
	}
	fuzzy, ok := r.(index.IndexReaderFuzzy)
	if !ok {
		return nil, nil
	}
	dict, err := fuzzy.FieldDictFuzzy(field, text, slips, same)
	if err != nil {
		return nil, errors.Internal(err)
	}
	list, err := readWords(dict, -1)
	for i := range list {
		list[i].begin = common(list[i].text, text)
	}
	slices.SortFunc(list, func(a, b like) int {
		return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(b.begin, a.begin), cmp.Compare(a.text, b.text))
	})
	return list[:min(len(list), mostNear)], err
}

// begun lists the words of a field that begin so, those of most documents first.
func begun(r index.IndexReader, field, text string) ([]like, error) {
	dict, err := r.FieldDictPrefix(field, []byte(text))
	if err != nil {
		return nil, errors.Internal(err)
	}
	list, err := readWords(dict, readBegun)
	slices.SortFunc(list, func(a, b like) int { return cmp.Or(cmp.Compare(b.used, a.used), cmp.Compare(a.text, b.text)) })
	return list[:min(len(list), mostBegun)], err
}

// readWords reads at most so many words, all when most is negative.
func readWords(dict index.FieldDict, most int) (list []like, err error) {
	for len(list) != most {
		one, err := dict.Next()
		if err != nil {
			return nil, errors.Join(errors.Internal(err), dict.Close())
		}
		if one == nil {
			break
		}
		list = append(list, like{text: one.Term, far: one.EditDistance, used: one.Count})
	}
	if err := dict.Close(); err != nil {
		return nil, errors.Internal(err)
	}
	return list, nil
}

// common is how many bytes two words share at their beginning.
func common(a, b string) (n int) {
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
