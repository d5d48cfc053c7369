package search

import (
	"context"
	"math"

	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/preau-ent/preau/sdk/errors"
)

// asking is what a document has to be: of one of the gates, for one of the
// audience, and to meet at least so many of the words. It also counts.
type asking struct {
	words, may      []word
	least           int
	loosely         bool
	gates, audience []string
	sources         []string
	totals          []int // of each of the sources, once it was answered
}

var _ query.Query = (*asking)(nil)

// Searcher implements [query.Query].
func (a *asking) Searcher(ctx context.Context, r index.IndexReader, _ mapping.IndexMapping, _ search.SearcherOptions) (out search.Searcher, err error) {
	a.totals = make([]int, len(a.sources))
	w := &weighing{least: a.least, count: func(i int) { a.totals[i]++ }}
	defer func() {
		if out != search.Searcher(w) { // nobody else closes it
			err = errors.Join(err, w.Close())
		}
	}()
	var sets []index.TermFieldReader
	for _, one := range []struct {
		field string
		terms []string
	}{{ofGate, a.gates}, {ofAudience, a.audience}} {
		set, err := w.sets.oneOf(ctx, r, one.field, one.terms)
		if err != nil {
			return nil, err
		}
		if set == nil {
			return searcher.NewMatchNoneSearcher(r)
		}
		sets = append(sets, set)
	}
	var met []index.TermFieldReader
	for _, one := range a.words {
		m, set, err := a.meet(ctx, r, one, sets, &w.sets)
		w.words = append(w.words, m)
		if err != nil {
			return nil, err
		}
		if set != nil {
			met = append(met, set)
		}
	}
	for _, one := range a.may {
		m, err := mean(ctx, r, []way{{field: titleWords, text: one.plain, boost: titleBegins}})
		w.also = append(w.also, m)
		if err != nil {
			return nil, err
		}
	}
	for _, source := range a.sources {
		in, err := r.TermFieldReader(ctx, []byte(source), ofSource, false, false, false)
		if err != nil {
			return nil, errors.Internal(err)
		}
		w.of = append(w.of, &posting{TermFieldReader: in})
	}
	if len(met) < a.least {
		return searcher.NewMatchNoneSearcher(r)
	}
	if a.least < len(a.words) { // any of them: how many, is seen at each document
		one, err := w.sets.combine(union, met)
		if err != nil {
			return nil, err
		}
		met = []index.TermFieldReader{one}
	}
	if w.set, err = w.sets.combine(intersection, append(sets, met...)); err != nil {
		return nil, err
	}
	return w, nil
}

// meet returns what a word means and the documents that meet it. When some words
// may fail, one that meets something of what may be seen is taken as it is
// written: it is another that is wrong.
func (a *asking) meet(ctx context.Context, r index.IndexReader, one word, seen []index.TermFieldReader, sets *opened) (m meaning, set index.TermFieldReader, err error) {
	if a.loosely && a.least < len(a.words) {
		if m, err = mean(ctx, r, one.ways(false)); err != nil {
			return m, nil, err
		}
		if set, err = m.set(sets); err != nil {
			return m, nil, err
		}
		there, err := sets.meets(set, seen)
		if err != nil || there {
			return m, set, err
		}
		if err := m.close(); err != nil {
			return m, nil, err
		}
	}
	if m, err = mean(ctx, r, one.ways(a.loosely)); err != nil {
		return m, nil, err
	}
	set, err = m.set(sets)
	return m, set, err
}

// mean looks a word up in the index, in each of the ways to meet it.
func mean(ctx context.Context, r index.IndexReader, ways []way) (m meaning, err error) {
	m.total = len(ways)
	all, err := r.DocCount()
	if err != nil {
		return m, errors.Internal(err)
	}
	for _, w := range ways {
		terms, err := w.terms(r)
		if err != nil {
			return m, err
		}
		var there []*posting
		var used uint64 // documents, for all terms together: none of them counts more for being rare
		for _, t := range terms {
			in, err := r.TermFieldReader(ctx, []byte(t.text), w.field, true, true, false)
			if err != nil {
				m.ways = append(m.ways, there) // to be closed with it
				return m, errors.Internal(err)
			}
			n := in.Count()
			if n == 0 {
				if err := in.Close(); err != nil {
					return m, errors.Internal(err)
				}
				continue
			}
			used += n
			there = append(there, &posting{TermFieldReader: in, weight: w.boost / float64(t.far+1)})
		}
		if len(there) == 0 {
			continue
		}
		rare := 1 + math.Log(float64(all)/float64(min(used, all)+1))
		for _, p := range there {
			p.weight *= rare * rare
		}
		m.ways = append(m.ways, there)
	}
	return m, nil
}

// set is the documents that meet a word in one of the ways; nil: none do.
func (m *meaning) set(sets *opened) (index.TermFieldReader, error) {
	var list []index.TermFieldReader
	for _, way := range m.ways {
		for _, p := range way {
			list = append(list, p.TermFieldReader)
		}
	}
	return sets.combine(union, list)
}
