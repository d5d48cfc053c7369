package access

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/ids"
)

// world is a random installation: modules with templates, and what schools
// changed.
type world struct {
	modules map[ids.ModuleID][]Permission
	changes []Change
}

func drawWorld(t *rapid.T) world {
	w := world{modules: map[ids.ModuleID][]Permission{}}
	role := rapid.SampledFrom(Roles())
	var all []ids.Permission
	for m := range rapid.IntRange(1, 3).Draw(t, "modules") {
		id := ids.ModuleID(fmt.Sprint("m", m))
		for i := range rapid.IntRange(1, 24).Draw(t, "permissions") {
			p := Permission{ID: ids.Permission(fmt.Sprintf("%s.p%d", id, i)),
				Default: rapid.SliceOfNDistinct(role, 0, 3, rapid.ID).Draw(t, "default")}
			w.modules[id] = append(w.modules[id], p)
			all = append(all, p.ID)
		}
	}
	w.changes = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Change {
		return Change{
			School:     rapid.SampledFrom([]ids.SchoolID{college, lycee}).Draw(t, "school"),
			Role:       role.Draw(t, "role"),
			Permission: rapid.SampledFrom(all).Draw(t, "permission"),
			Effect:     rapid.SampledFrom([]Effect{Allow, Deny, Default}).Draw(t, "effect"),
		}
	}), 0, 12).Draw(t, "changes")
	return w
}

// TestBitSetsAgreeWithCasbin builds the whole policy of an installation in
// Casbin, with every template and every school's rules, and asks both about
// everything.
func TestBitSetsAgreeWithCasbin(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w, s := drawWorld(rt), newService(t)
		var templates []Permission
		for m, list := range w.modules {
			if err := s.Register(m, list); err != nil {
				rt.Fatal(err)
			}
			templates = append(templates, list...)
		}
		said := map[string]rule{}
		for _, c := range w.changes {
			set(t, s, c.School, c.Role, c.Permission, c.Effect)
			said[string(c.School)+ruleID(c.Role, c.Permission)] = rule{ruleID(c.Role, c.Permission), c.Role, string(c.Permission), c.Effect}
		}
		for _, school := range []ids.SchoolID{college, lycee} {
			var list []rule
			for k, r := range said {
				if k[:len(school)] == string(school) && r.Effect != Default {
					list = append(list, r)
				}
			}
			whole, err := newPolicy(templates, school, list)
			if err != nil {
				rt.Fatal(err)
			}
			for _, role := range append(Roles(), "roi") {
				for _, p := range append(templates, Permission{ID: "m0.unknown"}) {
					want, err := whole.allows(role, school, p.ID)
					if err != nil {
						rt.Fatal(err)
					}
					if got := s.May(school, []string{role}, p.ID); got != want {
						rt.Fatalf("May(%s, %s, %s) = %v, Casbin says %v; rules %v", school, role, p.ID, got, want, list)
					}
					if plain := nearest(said, p, school, role); plain != want {
						rt.Fatalf("%s %s %s: Casbin says %v, the rule in words says %v", school, role, p.ID, want, plain)
					}
				}
			}
		}
	})
}

// nearest is the rule in words: what the school says of the role, else the
// role's template, else the same of the role that it includes.
func nearest(said map[string]rule, p Permission, school ids.SchoolID, role string) bool {
	for {
		switch said[string(school)+ruleID(role, p.ID)].Effect {
		case Allow:
			return true
		case Deny:
			return false
		}
		for _, r := range p.Default {
			if r == role {
				return true
			}
		}
		if role != Administrateur {
			return false
		}
		role = string(ids.Direction)
	}
}

// TestSeveralRolesAreTheirUnion: a session may what one of its roles may.
func TestSeveralRolesAreTheirUnion(t *testing.T) {
	s := newService(t)
	set(t, s, college, "eleve", "devoirs.read", Deny)
	rapid.Check(t, func(rt *rapid.T) {
		roles := rapid.SliceOfN(rapid.SampledFrom(append(Roles(), "roi")), 0, 4).Draw(rt, "roles")
		for _, p := range append(devoirs, corePermissions()...) {
			want := false
			for _, r := range roles {
				want = want || s.May(college, []string{r}, p.ID)
			}
			if got := s.May(college, roles, p.ID); got != want {
				rt.Fatalf("May(%v, %s) = %v, want %v", roles, p.ID, got, want)
			}
		}
	})
}
