package search

import (
	"context"

	"github.com/blevesearch/bleve/v2"

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
