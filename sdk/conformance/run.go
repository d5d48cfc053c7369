package conformance

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
)

// Run holds the modules of these folders against the suite, each as the process
// that the core would start.
func Run(t *testing.T, folders ...string) {
	t.Helper()
	for _, f := range folders {
		t.Run(f, func(t *testing.T) { RunModule(t, nil, f) })
	}
}

// RunModule holds one module against the suite, in this process.
func RunModule(t *testing.T, m *sdk.Module, folder string) {
	t.Helper()
	h := plugintest.Start(t, m, folder, plugintest.Unrecorded())
	older := func(t *testing.T, schema int) *plugintest.Harness {
		return plugintest.Start(t, m, folder, plugintest.Older(schema, nil), plugintest.Unrecorded())
	}
	people := populate(h.School)
	for _, part := range []struct {
		name string
		run  func(*suite, *testing.T)
	}{
		{"manifest", (*suite).manifest},
		{"description", (*suite).description},
		{"translations", (*suite).translations},
		{"migrations", (*suite).migrations},
		{"start", (*suite).start},
		{"widgets", (*suite).widgets},
		{"calendar", (*suite).calendar},
		{"tasks", (*suite).tasks},
		{"permissions", (*suite).permissions},
		{"garbage", (*suite).garbage},
		{"journal", (*suite).journal}, // after what may note something
		{"search", (*suite).search},   // last: there is something to find by now
	} {
		t.Run(part.name, func(t *testing.T) {
			s := &suite{h: h.In(t), older: older, people: map[ids.Profile]*plugintest.Visitor{}}
			for profile, id := range people {
				s.people[profile] = s.h.As(id)
			}
			part.run(s, t)
		})
	}
}

// suite is a module with somebody of every profile, and an empty store.
type suite struct {
	h      *plugintest.Harness
	older  func(t *testing.T, schema int) *plugintest.Harness // the same on data of an earlier schema
	people map[ids.Profile]*plugintest.Visitor
}

// populate makes up somebody of every profile.
func populate(school *plugintest.School) map[ids.Profile]ids.PersonID {
	class := school.Class("6e A")
	pupil := school.Pupil("Camille Martin", class)
	return map[ids.Profile]ids.PersonID{
		ids.Eleve:      pupil,
		ids.Parent:     school.Parent("Dominique Martin", pupil, school.Pupil("Sacha Martin", class)),
		ids.Enseignant: school.Teacher("Claude Roux", class),
		ids.VieScol:    school.SchoolLife("Alix Petit"),
		ids.Direction:  school.Head("Maxime Blanc"),
		ids.Personnel:  school.Person(ids.Personnel, "Lou Garnier"),
	}
}

// has reports whether a profile holds a permission by default.
func (s *suite) has(p ids.Profile, perm ids.Permission) bool {
	for _, granted := range s.h.Manifest.Granted(p) {
		if granted == perm {
			return true
		}
	}
	return false
}

// manifest: a permission that opens nothing would be a switch without a lamp.
func (s *suite) manifest(t *testing.T) {
	used := map[ids.Permission]bool{}
	for _, r := range s.h.Manifest.Routes {
		used[r.Permission] = true
	}
	for _, w := range s.h.Manifest.Widgets {
		used[w.Permission] = true
	}
	for _, p := range s.h.Manifest.Permissions {
		if len(p.Default) == 0 && !used[p.ID] {
			t.Errorf("%s is held by nobody and opens nothing", p.ID)
		}
	}
}

// description: the process is what module.yaml says.
func (s *suite) description(t *testing.T) {
	d, err := s.h.Describe(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	m := s.h.Manifest
	if d.GetId() != string(m.ID) || d.GetVersion() != m.Version {
		t.Errorf("the process is %s %s, module.yaml says %s %s", d.GetId(), d.GetVersion(), m.ID, m.Version)
	}
	written := map[string]bool{}
	for _, w := range d.GetWidgets() {
		written[w] = true
		if _, ok := m.Widget(w); !ok {
			t.Errorf("the code has a widget %s that module.yaml does not declare", w)
		}
	}
	for _, w := range m.Widgets {
		if !written[w.ID] {
			t.Errorf("module.yaml declares a widget %s that the code does not have", w.ID)
		}
	}
	for _, i := range m.Interfaces {
		if !slices.Contains(d.GetInterfaces(), i) {
			t.Errorf("module.yaml promises the interface %s that the code does not have", i)
		}
	}
	for _, e := range m.Events.Subscribes {
		if err := s.h.Deliver(e, nil); errors.KindOf(err) == errors.Bug {
			t.Errorf("event %s with an empty payload: %v", e, err)
		}
	}
}

func (s *suite) translations(t *testing.T) {
	for _, key := range s.h.Manifest.Keys() {
		if !strings.HasPrefix(key, string(s.h.Manifest.ID)+".") {
			t.Errorf("key %q does not begin with %q", key, s.h.Manifest.ID+".")
		}
		for _, l := range s.h.Missing(key) {
			t.Errorf("locales/%s.json has no %q", l, key)
		}
	}
	for _, key := range s.h.Untranslated() {
		t.Errorf("%q is in one catalogue only", key)
	}
}

// start: whoever sees the module in the menu can open it.
func (s *suite) start(t *testing.T) {
	for profile, v := range s.people {
		a := v.Do(http.MethodGet, s.h.Manifest.Start, nil)
		if s.has(profile, s.h.Manifest.StartPermission()) {
			if a.Page == nil && a.Location == "" {
				t.Errorf("%s opens %s: %s", profile, s.h.Manifest.Start, a)
			}
		} else if a.Kind() != errors.Denied {
			t.Errorf("%s may not open %s, and gets %s", profile, s.h.Manifest.Start, a)
		}
	}
}

// widgets: each answers everyone it is for, in every size, though the store is
// empty, and then says so.
func (s *suite) widgets(t *testing.T) {
	for _, w := range s.h.Manifest.Widgets {
		for _, profile := range w.Profiles {
			for _, size := range w.Sizes {
				n, err := s.people[profile].TryWidget(w.ID, size, nil)
				switch {
				case !s.has(profile, w.Permission):
					if errors.KindOf(err) != errors.Denied {
						t.Errorf("widget %s for %s without its permission: %v", w.ID, profile, err)
					}
				case err != nil:
					t.Errorf("widget %s (%s) for %s: %v", w.ID, size, profile, err)
				case nothing(n) && n.GetEmpty().GetText() == nil:
					t.Errorf("widget %s (%s) for %s is empty and does not say so", w.ID, size, profile)
				}
			}
		}
	}
	_, err := s.people[ids.Eleve].TryWidget("inconnu-au-bataillon", ui.Medium, nil)
	if errors.KindOf(err) != errors.NotFound {
		t.Errorf("a widget that does not exist: %v", err)
	}
}

// permissions: an address that a profile may not use is refused, whatever the
// address: the module is not even asked.
func (s *suite) permissions(t *testing.T) {
	for _, r := range s.h.Manifest.Routes {
		path := example(r.Path)
		for profile, v := range s.people {
			got, ok := s.h.Manifest.Match(r.Methods[0], path)
			if !ok || s.has(profile, got.Permission) {
				continue
			}
			if a := v.Do(r.Methods[0], path, nil); a.Kind() != errors.Denied {
				t.Errorf("%s %s by %s: %s", r.Methods[0], path, profile, a)
			}
		}
	}
}

// allowed returns somebody who may use the route, nil when nobody may.
func (s *suite) allowed(r manifest.Route) *plugintest.Visitor {
	for _, profile := range ids.Profiles() {
		if s.has(profile, r.Permission) {
			return s.people[profile]
		}
	}
	return nil
}
