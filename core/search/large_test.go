package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"syscall"
	"testing"
	"time"

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

// BenchmarkFind asks two words, with slips, of 20,000 documents, as a head who
// may see all of them; cpu-ms is what a question costs whatever else the
// machine does.
func BenchmarkFind(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	var list []*wire.Document
	for i := range 20_000 {
		text := ""
		for range 40 {
			text += fmt.Sprintf("%s%c%c ", []string{"chapitre", "fraction", "volcan", "cellule", "récit"}[rng.IntN(5)], 'a'+rng.IntN(26), 'a'+rng.IntN(26))
		}
		d := doc(fmt.Sprintf("d%05d", i), []string{"Exercice", "Contrôle", "Récit", "Carte"}[rng.IntN(4)]+" de "+[]string{"latin", "maths", "chimie"}[rng.IntN(3)], text)
		d.Audience = append(d.Audience, &wire.Audience{Permissions: []string{"devoirs.overview"}})
		list = append(list, d)
	}
	s := newSite(b, func(c *Config) { c.Sources = whole10k{list, c.Sources.(*shop)} })
	s.fill(b)
	ask := Ask{School: school, Viewer: &wire.Viewer{Person: "head", Profile: "direction"},
		Open: map[string][]ids.Permission{"devoirs": {"devoirs.read", "devoirs.overview"}}}
	before := spent(b)
	for b.Loop() {
		for _, words := range []string{"recit latin", "controle chimi", "exercise fractions", "volcan carte"} {
			ask.Words = words
			if found, err := s.Find(b.Context(), ask); err != nil || found.Total == 0 {
				b.Fatal(words, found, err)
			}
		}
	}
	b.ReportMetric((spent(b)-before).Seconds()*1000/float64(4*b.N), "cpu-ms/question")
}

// spent is the processor time of this process.
func spent(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
