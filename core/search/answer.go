package search

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
	bsearch "github.com/blevesearch/bleve/v2/search"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// first is how many hits are looked at before each source gets its own.
const first = 60

// answer looks for documents that meet least of the words.
func (q *question) answer(ctx context.Context, must, may []word, least int) (*Found, error) {
	ask := func(source string, size, from int) (*asking, bsearch.DocumentMatchCollection, error) {
		a := q.asking(source, must, may, least)
		req := bleve.NewSearchRequestOptions(a, size, from, false)
		req.Fields = []string{whole}
		found, err := q.index.SearchInContext(ctx, req)
		if err != nil {
			return nil, nil, failed(err)
		}
		return a, found.Hits, nil
	}
	size, from := first, 0
	if q.ask.In != "" { // a page of them, and each is on one page only
		size, from = q.ask.Each, q.ask.From
	}
	a, hits, err := ask(q.ask.In, size, from)
	if err != nil {
		return &Found{}, err
	}
	out := &Found{}
	for i, source := range a.sources {
		g := Group{Source: source, Total: a.totals[i]}
		out.Total += g.Total
		if g.Hits, err = q.hits(hits, source); err != nil {
			return out, err
		}
		if q.ask.In == "" && len(g.Hits) < min(q.ask.Each, g.Total) { // the others have all the places
			_, own, err := ask(source, q.ask.Each, 0)
			if err != nil {
				return out, err
			}
			if g.Hits, err = q.hits(own, source); err != nil {
				return out, err
			}
		}
		g.Hits = g.Hits[:min(len(g.Hits), q.ask.Each)]
		for i := range g.Hits {
			q.tell(&g.Hits[i])
		}
		if len(g.Hits) > 0 {
			out.Groups = append(out.Groups, g)
		}
	}
	slices.SortStableFunc(out.Groups, func(a, b Group) int { return cmp.Compare(b.Hits[0].Score, a.Hits[0].Score) })
	return out, nil
}

// hits reads those of a source, the best first: of two that meet the words
// alike, the one whose time is nearer.
func (q *question) hits(found bsearch.DocumentMatchCollection, source string) (list []Hit, err error) {
	for _, m := range found {
		if !strings.HasPrefix(m.ID, source+"|") {
			continue
		}
		d, err := read(m.Fields[whole])
		if err != nil {
			return nil, err
		}
		list = append(list, Hit{Document: d, Source: source, Score: m.Score * q.near(d)})
	}
	slices.SortStableFunc(list, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	return list, nil
}

// tell adds to a hit what is shown of it.
func (q *question) tell(h *Hit) {
	h.Excerpt = excerpt(h.Text, h.Title, q.words)
	for _, c := range q.ask.Viewer.GetChildren() {
		if slices.ContainsFunc(h.Audience, func(a *wire.Audience) bool { return a.Child(c) }) {
			h.Children = append(h.Children, ids.PersonID(c.GetPerson()))
		}
	}
}

// near is up to a quarter more for what is about these days.
func (q *question) near(d *wire.Document) float64 {
	if d.When == nil {
		return 1
	}
	days := math.Abs(d.When.AsTime().Sub(q.now).Hours() / 24)
	return 1 + 0.25/(1+days/14)
}

func failed(err error) error {
	if errors.Is(err, bleve.ErrorIndexClosed) {
		return err
	}
	return errors.Wrap(err, errors.KindOf(err), "search.failed")
}
