package search

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	bsearch "github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// Ask is a question of somebody.
type Ask struct {
	School ids.SchoolID
	Viewer *wire.Viewer
	Open   map[string][]ids.Permission // sources they may look into, with what they may there
	Words  string
	In     string // one source only; empty: all of Open
	Each   int    // hits of each source at most [5]
	From   int    // hits left out, of one source
}

// Found is the answer.
type Found struct {
	Groups  []Group // the best first
	Total   int
	Loose   bool // no document has all the words: these have some
	Filling bool // the index does not have everything yet
}

// Group is what one source has.
type Group struct {
	Source string
	Total  int
	Hits   []Hit
}

// Hit is one document.
type Hit struct {
	*wire.Document
	Source   string
	Score    float64
	Excerpt  string         // of the text, around what was asked for; empty: the title says it
	Children []ids.PersonID // of the viewer, because of whom they find it
}

// first is how many hits are looked at before each source gets its own.
const first = 60

// Find answers a question. Only documents that the viewer may open are found,
// and counted.
func (s *Service) Find(ctx context.Context, ask Ask) (*Found, error) {
	if ask.Each <= 0 {
		ask.Each = 5
	}
	out, err := s.find(ctx, ask)
	if errors.Is(err, bleve.ErrorIndexClosed) { // it was made anew just now
		out, err = s.find(ctx, ask)
	}
	return out, err
}

func (s *Service) find(ctx context.Context, ask Ask) (*Found, error) {
	v, err := s.shelf.take(ask.School)
	if err != nil {
		return nil, err
	}
	defer s.shelf.give(v)
	filling, err := s.filling(ctx, ask, v)
	if err != nil {
		return nil, err
	}
	words := wordsOf(v.index.Mapping(), ask.Words)
	must, may := asked(words)
	if len(must) == 0 {
		return &Found{Filling: filling}, nil
	}
	q := &question{service: s, ask: ask, index: v.index, words: words, now: s.cfg.Now()}
	out, err := q.answer(ctx, must, may, len(must))
	if err == nil && out.Total == 0 { // only then: to look for slips costs ten times as much
		q.loosely = true
		out, err = q.answer(ctx, must, may, len(must))
	}
	if err == nil && out.Total == 0 && len(must) > 1 {
		out, err = q.answer(ctx, must, may, len(must)-1)
		out.Loose = err == nil && out.Total > 0
	}
	if err != nil {
		return nil, err
	}
	out.Filling = filling
	return out, nil
}

// filling compares the index with its sources and has it looked after when
// there is something to do; it reports whether one that the viewer may look
// into is missing.
func (s *Service) filling(ctx context.Context, ask Ask, v *volume) (missing bool, err error) {
	sources, err := s.cfg.Sources.Of(ctx, ask.School)
	if err != nil {
		return false, err
	}
	old := false
	for _, src := range sources {
		has, err := v.version(src.Name)
		if err != nil {
			return false, err
		}
		old = old || has != src.Version
		if _, open := ask.Open[src.Name]; open && has == "" {
			missing = true
		}
	}
	if old {
		s.Look(ask.School)
	}
	return missing, nil
}

// question is one Ask on its way.
type question struct {
	service *Service
	ask     Ask
	index   bleve.Index
	words   []word
	loosely bool
	now     time.Time
}

// answer looks for documents that meet least of the words.
func (q *question) answer(ctx context.Context, must, may []word, least int) (*Found, error) {
	request := func(source string, size, from int) *bleve.SearchRequest {
		req := bleve.NewSearchRequestOptions(q.query(source, must, may, least), size, from, false)
		req.Fields = []string{whole}
		return req
	}
	size, from := max(first, wantedOf(q.ask)), 0
	if q.ask.In != "" {
		from = q.ask.From
	}
	req := request(q.ask.In, size, from)
	req.AddFacet(ofSource, bleve.NewFacetRequest(ofSource, 100))
	found, err := q.index.SearchInContext(ctx, req)
	if err != nil {
		return &Found{}, failed(err)
	}
	out := &Found{}
	for _, f := range found.Facets[ofSource].Terms.Terms() {
		g := Group{Source: f.Term, Total: f.Count}
		out.Total += f.Count
		if g.Hits, err = q.hits(found.Hits, f.Term); err != nil {
			return out, err
		}
		if len(g.Hits) == 0 || len(g.Hits) < min(q.ask.Each, f.Count) && q.ask.In == "" { // the others have all the places
			own, err := q.index.SearchInContext(ctx, request(f.Term, q.ask.Each, 0))
			if err != nil {
				return out, failed(err)
			}
			if g.Hits, err = q.hits(own.Hits, f.Term); err != nil {
				return out, err
			}
		}
		g.Hits = g.Hits[:min(len(g.Hits), q.ask.Each)]
		if len(g.Hits) > 0 {
			out.Groups = append(out.Groups, g)
		}
	}
	slices.SortStableFunc(out.Groups, func(a, b Group) int { return cmp.Compare(b.Hits[0].Score, a.Hits[0].Score) })
	return out, nil
}

// wantedOf is how many hits one source has to have.
func wantedOf(a Ask) int {
	if a.In == "" {
		return 0
	}
	return a.Each
}

// query is what a document of the source (empty: any the viewer may look into)
// has to be.
func (q *question) query(source string, must, may []word, least int) query.Query {
	wanted := make([]query.Query, len(must))
	for i, w := range must {
		wanted[i] = w.meet(q.loosely)
	}
	meets := bleve.NewDisjunctionQuery(wanted...)
	meets.SetMin(float64(least))
	all := bleve.NewBooleanQuery()
	all.AddMust(meets, anyOf(ofGate, q.gates(source)), anyOf(ofAudience, termsFor(q.ask.Viewer, q.permissions())))
	for _, w := range may {
		all.AddShould(term1(titleWords, w.plain, titleBegins))
	}
	return all
}

func (q *question) gates(source string) (list []string) {
	for name, may := range q.ask.Open {
		if source == "" || source == name {
			for _, p := range may {
				list = append(list, name+"|"+string(p))
			}
		}
	}
	slices.Sort(list)
	return list
}

// permissions lists those the viewer has of modules: their names tell of which.
func (q *question) permissions() (list []string) {
	for source, may := range q.ask.Open {
		if strings.HasPrefix(source, "core.") {
			continue
		}
		for _, p := range may {
			list = append(list, string(p))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
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
		h := Hit{Document: d, Source: source, Score: m.Score * q.near(d)}
		h.Excerpt = excerpt(d.Text, d.Title, q.words)
		for _, c := range q.ask.Viewer.GetChildren() {
			if slices.ContainsFunc(d.Audience, func(a *wire.Audience) bool { return a.Child(c) }) {
				h.Children = append(h.Children, ids.PersonID(c.GetPerson()))
			}
		}
		list = append(list, h)
	}
	slices.SortStableFunc(list, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	return list, nil
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
