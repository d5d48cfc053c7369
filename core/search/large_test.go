package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// BenchmarkSweep fills an index with 10,000 documents.
func BenchmarkSweep(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	var list []*wire.Document
	for i := range 10_000 {
		text := ""
		for range 40 {
			text += fmt.Sprintf("mot%d ", rng.IntN(3000))
		}
		list = append(list, doc(fmt.Sprintf("d%05d", i), fmt.Sprintf("Exercice %d", i), text))
	}
	for b.Loop() {
		s := newSite(b, func(c *Config) { c.Sources = whole10k{list, c.Sources.(*shop)} })
		s.fill(b)
	}
}

// whole10k hands over as many as are asked for.
type whole10k struct {
	list []*wire.Document
	*shop
}

func (w whole10k) Documents(_ context.Context, _ ids.SchoolID, _ string, _ []string, cursor string, limit int) ([]*wire.Document, string, error) {
	from := 0
	fmt.Sscan(cursor, &from)
	to := min(from+limit, len(w.list))
	if to == len(w.list) {
		return w.list[from:], "", nil
	}
	return w.list[from:to], fmt.Sprint(to), nil
}
