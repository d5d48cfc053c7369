package access

import (
	"fmt"
	"testing"

	"github.com/preau-ent/preau/sdk/ids"
)

// BenchmarkMay asks about a different person each time. People carry their
// roles in the session, so their number changes nothing but the benchmark's own
// walk over them.
func BenchmarkMay(b *testing.B) {
	for _, people := range []int{100, 10_000, 1_500_000} {
		b.Run(fmt.Sprintf("people=%d", people), func(b *testing.B) {
			s := newService(b)
			set(b, s, college, "eleve", "devoirs.set", Allow)
			type session struct {
				school ids.SchoolID
				roles  []string
			}
			kinds := [][]string{eleve, {"parent"}, enseignant, direction, admin}
			var sorts []session // people with the same school and roles share them
			for _, school := range []ids.SchoolID{college, lycee} {
				for _, roles := range kinds {
					sorts = append(sorts, session{school, roles})
				}
			}
			sessions := make([]uint8, people) // a byte each: the walk over them stays out of the figure
			for i := range sessions {
				sessions[i] = uint8(i % len(sorts))
			}
			b.ReportAllocs()
			b.ResetTimer()
			allowed := 0
			for i := 0; b.Loop(); i++ {
				who := &sorts[sessions[i*7919%people]]
				if s.May(who.school, who.roles, "devoirs.set") {
					allowed++
				}
			}
			if allowed == 0 {
				b.Fatal("nobody may anything")
			}
		})
	}
}

// BenchmarkMaySchools asks about 5,000 schools, each with a change of its own.
func BenchmarkMaySchools(b *testing.B) {
	s := newService(b)
	compiled := map[ids.SchoolID]sets{}
	for i := range 5000 {
		school := ids.SchoolID(fmt.Sprintf("%07dA", i))
		c, err := s.state.Load().compile(school, []rule{{"eleve devoirs.set", "eleve", "devoirs.set", Allow}})
		if err != nil {
			b.Fatal(err)
		}
		compiled[school] = c
	}
	s.state.Store(&state{s.state.Load().catalogue, compiled})
	schools := make([]ids.SchoolID, 0, len(compiled))
	for school := range compiled {
		schools = append(schools, school)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if !s.May(schools[i%len(schools)], eleve, "devoirs.set") {
			b.Fatal("denied")
		}
	}
}

// BenchmarkCompile is what the first question after a change costs.
func BenchmarkCompile(b *testing.B) {
	s := newService(b)
	var list []rule
	for _, p := range devoirs {
		list = append(list, rule{ruleID("eleve", p.ID), "eleve", string(p.ID), Allow})
	}
	for b.Loop() {
		if _, err := s.state.Load().compile(college, list); err != nil {
			b.Fatal(err)
		}
	}
}
