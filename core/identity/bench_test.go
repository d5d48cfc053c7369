package identity

import (
	"fmt"
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/ids"
)

// class returns n pupils of a school, with first passwords still to be made.
func class(school ids.SchoolID, n int) Batch {
	batch := Batch{School: school, Groups: []Group{{Source: "6A", Name: "6e A", Kind: Classe}}}
	for i := range n {
		batch.People = append(batch.People, Entry{Source: fmt.Sprint("p", i), FirstName: "Camille", LastName: fmt.Sprint("Martin", i%97),
			Profile: ids.Eleve, Groups: []string{"6A"}})
	}
	return batch
}

// BenchmarkSaveMembers imports a thousand people into one more school each
// time: accounts, logins with many namesakes, first passwords, members.
func BenchmarkSaveMembers(b *testing.B) {
	x := newBench(b)
	n := 0
	for b.Loop() {
		school := ids.SchoolID(fmt.Sprintf("%07dA", n))
		n++
		if _, err := x.AddSchool(b.Context(), audit.By{}, School{ID: school, Name: "x"}); err != nil {
			b.Fatal(err)
		}
		x.save(class(school, 1000))
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(1000*n), "µs/person")
}

// BenchmarkSessionOf is what every request pays.
func BenchmarkSessionOf(b *testing.B) {
	x := newBench(b)
	x.save(family())
	token, _ := x.in("anne-sophie.noel", "mere-password")
	b.Run("cached", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := x.SessionOf(b.Context(), token); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("prepared anew", func(b *testing.B) {
		for b.Loop() {
			x.touch(college)
			if _, err := x.SessionOf(b.Context(), token); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkHash is what a sign-in and a first password cost.
func BenchmarkHash(b *testing.B) {
	h := newHasher(1)
	for name, c := range map[string]cost{"strong": strong, "light": light} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := h.hash(b.Context(), "vélo rouge", c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
