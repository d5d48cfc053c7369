package search

import (
	"math"

	"github.com/blevesearch/bleve/v2/search"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/preau-ent/preau/sdk/errors"
)

// weighing goes through a set of documents and says how well each meets the
// words. The set is made first, whole, by uniting and intersecting; so only
// what answers the question and may be seen is ever weighed.
type weighing struct {
	set   index.TermFieldReader
	sets  opened // of which it was made, and itself
	words []meaning
	also  []meaning // little words: they add to what meets the others
	least int       // words that have to be met
	of    []*posting
	count func(i int) // hears of which of those each document is
	doc   index.TermFieldDoc
}

// meaning is one word with the ways in which the index can meet it.
type meaning struct {
	ways  [][]*posting
	total int // ways there could be
}

// posting is where a term of the index is, and what it weighs there.
type posting struct {
	index.TermFieldReader
	weight float64
	doc    index.TermFieldDoc
	at     *index.TermFieldDoc // as far as it was read
	ended  bool
}

// has reports whether the term is in a document; documents are asked about in
// their order.
func (p *posting) has(id index.IndexInternalID) (bool, error) {
	if !p.ended && (p.at == nil || p.at.ID.Compare(id) < 0) {
		at, err := p.Advance(id, p.doc.Reset())
		if err != nil {
			return false, errors.Internal(err)
		}
		p.at, p.ended = at, at == nil
	}
	return !p.ended && p.at.ID.Equals(id), nil
}

// score is what the term says for a document.
func (p *posting) score(id index.IndexInternalID) (float64, error) {
	if has, err := p.has(id); err != nil || !has {
		return 0, err
	}
	return p.weight * math.Sqrt(float64(p.at.Freq)) * p.at.Norm, nil
}

// score is what a word says for a document; 0: it is not met. Of the terms that
// are one way the best counts; the more ways, the better.
func (m *meaning) score(id index.IndexInternalID) (sum float64, err error) {
	met := 0
	for _, way := range m.ways {
		best := 0.0
		for _, p := range way {
			score, err := p.score(id)
			if err != nil {
				return 0, err
			}
			best = max(best, score)
		}
		if best > 0 {
			met++
		}
		sum += best
	}
	return sum * float64(met) / float64(m.total), nil
}

// weigh returns what the words say for a document; false: too few are met.
func (w *weighing) weigh(id index.IndexInternalID) (sum float64, ok bool, err error) {
	met := 0
	for i := range w.words {
		score, err := w.words[i].score(id)
		if err != nil {
			return 0, false, err
		}
		if score > 0 {
			met++
		}
		sum += score
	}
	if met < w.least {
		return 0, false, nil
	}
	sum *= float64(met) / float64(len(w.words))
	for i := range w.also {
		score, err := w.also[i].score(id)
		if err != nil {
			return 0, false, err
		}
		sum += score
	}
	return sum, true, nil
}

// Next implements [search.Searcher].
func (w *weighing) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	at, err := w.set.Next(w.doc.Reset())
	return w.from(ctx, at, err)
}

// Advance implements [search.Searcher].
func (w *weighing) Advance(ctx *search.SearchContext, id index.IndexInternalID) (*search.DocumentMatch, error) {
	at, err := w.set.Advance(id, w.doc.Reset())
	return w.from(ctx, at, err)
}

// from returns the first document, from one of the set on, that is met.
func (w *weighing) from(ctx *search.SearchContext, at *index.TermFieldDoc, err error) (*search.DocumentMatch, error) {
	for err == nil && at != nil {
		score, ok, err := w.weigh(at.ID)
		if err != nil {
			return nil, err
		}
		if ok {
			if err := w.tell(at.ID); err != nil {
				return nil, err
			}
			m := ctx.DocumentMatchPool.Get()
			m.IndexInternalID, m.Score = append(m.IndexInternalID, at.ID...), score
			return m, nil
		}
		if at, err = w.set.Next(w.doc.Reset()); err != nil {
			return nil, errors.Internal(err)
		}
	}
	if err != nil {
		return nil, errors.Internal(err)
	}
	return nil, nil
}

// tell counts a document.
func (w *weighing) tell(id index.IndexInternalID) error {
	for i, p := range w.of {
		if has, err := p.has(id); err != nil || has {
			w.count(i)
			return err
		}
	}
	return nil
}

// Close implements [search.Searcher].
func (w *weighing) Close() error {
	err := w.sets.Close()
	for _, p := range w.of {
		err = errors.Join(err, p.TermFieldReader.Close())
	}
	for _, m := range append(w.words, w.also...) {
		err = errors.Join(err, m.close())
	}
	return err
}

func (m *meaning) close() (err error) {
	for _, way := range m.ways {
		for _, p := range way {
			err = errors.Join(err, p.TermFieldReader.Close())
		}
	}
	return err
}

// Count implements [search.Searcher].
func (w *weighing) Count() uint64 { return w.set.Count() }

// Weight implements [search.Searcher]: weights are compared with nothing else.
func (w *weighing) Weight() float64 { return 1 }

// SetQueryNorm implements [search.Searcher].
func (w *weighing) SetQueryNorm(float64) {}

// Min implements [search.Searcher].
func (w *weighing) Min() int { return 0 }

// Size implements [search.Searcher].
func (w *weighing) Size() int { return w.set.Size() }

// DocumentMatchPoolSize implements [search.Searcher].
func (w *weighing) DocumentMatchPoolSize() int { return 1 }

var _ search.Searcher = (*weighing)(nil)
