package access

import (
	"encoding/json"
	"io/fs"
	"slices"
	"sync"
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

const college, lycee, unknown = ids.SchoolID("0750655E"), ids.SchoolID("0380089W"), ids.SchoolID("0000000A")

var (
	direction  = []string{"direction"}
	eleve      = []string{"eleve"}
	enseignant = []string{"enseignant"}
	admin      = []string{"personnel", Administrateur}
)

// devoirs is a module as a manifest declares it.
var devoirs = []Permission{
	{"devoirs.read", "devoirs.perm.read", []string{"eleve", "parent", "enseignant", "direction"}},
	{"devoirs.set", "devoirs.perm.set", []string{"enseignant"}},
	{"devoirs.secret", "devoirs.perm.secret", nil},
}

func newService(t testing.TB) *Service {
	t.Helper()
	engine, err := bolt.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	for _, school := range []ids.SchoolID{college, lycee} {
		if _, err := engine.Open(t.Context(), school); err != nil {
			t.Fatal(err)
		}
	}
	s, err := New(engine, audit.New(engine, nil))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Register("devoirs", devoirs); err != nil {
		t.Fatal(err)
	}
	return s
}

func set(t testing.TB, s *Service, school ids.SchoolID, role string, p ids.Permission, e Effect) {
	t.Helper()
	if err := s.Set(t.Context(), Change{School: school, Role: role, Permission: p, Effect: e}); err != nil {
		t.Fatalf("Set(%s %s %s %s): %v", school, role, p, e, err)
	}
}

func TestMay(t *testing.T) {
	s := newService(t)
	set(t, s, college, "eleve", "devoirs.read", Deny)
	set(t, s, college, "eleve", "devoirs.set", Allow)
	set(t, s, college, "direction", "devoirs.read", Deny)
	set(t, s, college, Administrateur, "devoirs.secret", Allow)
	for _, c := range []struct {
		name   string
		school ids.SchoolID
		roles  []string
		p      ids.Permission
		want   bool
	}{
		{"template", lycee, eleve, "devoirs.read", true},
		{"not in the template", lycee, eleve, "devoirs.set", false},
		{"school denies", college, eleve, "devoirs.read", false},
		{"school allows", college, eleve, "devoirs.set", true},
		{"another role of the same school", college, enseignant, "devoirs.read", true},
		{"inherited template", lycee, admin, "devoirs.read", true},
		{"inherited denial", college, admin, "devoirs.read", false},
		{"own allowance", college, admin, "devoirs.secret", true},
		{"not inherited downwards", college, direction, "devoirs.secret", false},
		{"own allowance of another school", lycee, admin, "devoirs.secret", false},
		{"one of several roles", college, []string{"eleve", "enseignant"}, "devoirs.read", true},
		{"core for everyone", lycee, eleve, Home, true},
		{"console for the head", lycee, direction, AdminPeople, true},
		{"console not for pupils", lycee, eleve, Admin, false},
		{"unknown school", unknown, direction, Home, false},
		{"no school", "", direction, Home, false},
		{"no one's space", "_core", direction, Home, false},
		{"unknown role", lycee, []string{"roi"}, Home, false},
		{"no role", lycee, nil, Home, false},
		{"unknown permission", lycee, direction, "devoirs.fly", false},
		{"unknown module", lycee, direction, "forum.read", false},
		{"empty permission", lycee, direction, "", false},
		{"role in capitals", lycee, []string{"Direction"}, Home, false},
		{"pattern as permission", lycee, direction, "*", false},
		{"domain of templates as school", "*", direction, Home, false},
	} {
		if got := s.May(c.school, c.roles, c.p); got != c.want {
			t.Errorf("%s: May(%s, %v, %s) = %v", c.name, c.school, c.roles, c.p, got)
		}
		granted := slices.Contains(s.Granted(c.school, c.roles, c.p.Module()), c.p)
		if granted != c.want {
			t.Errorf("%s: Granted says %v", c.name, granted)
		}
	}
	if spaces, _ := s.engine.Spaces(t.Context()); slices.Contains(spaces, unknown) {
		t.Error("asking about an unknown school made its space")
	}
}

func TestSetRefuses(t *testing.T) {
	s := newService(t)
	for _, c := range []struct {
		change Change
		kind   errors.Kind
		key    string
	}{
		{Change{School: college, Role: "eleve", Permission: "devoirs.fly", Effect: Allow}, errors.Invalid, "access.permission.unknown"},
		{Change{School: college, Role: "roi", Permission: "devoirs.read", Effect: Allow}, errors.Invalid, "access.role.unknown"},
		{Change{School: college, Role: "eleve", Permission: "devoirs.read", Effect: "perhaps"}, errors.Invalid, "access.effect.unknown"},
		{Change{School: unknown, Role: "eleve", Permission: "devoirs.read", Effect: Deny}, errors.NotFound, "access.school.unknown"},
		{Change{School: college, Role: "direction", Permission: AdminPermissions, Effect: Deny}, errors.Conflict, "access.lockout"},
		{Change{School: college, Role: Administrateur, Permission: Admin, Effect: Deny}, errors.Conflict, "access.lockout"},
		{Change{School: college, Role: "parent", Permission: AdminPeople, Effect: Allow}, errors.Invalid, "access.staffonly"},
	} {
		err := s.Set(t.Context(), c.change)
		if key, _ := errors.Public(err); errors.KindOf(err) != c.kind || key != c.key {
			t.Errorf("%+v: %v, want %v %s", c.change, err, c.kind, c.key)
		}
	}
	if n, _ := s.Epoch(t.Context(), college); n != 0 {
		t.Errorf("refused changes moved the epoch to %d", n)
	}
}

func TestSetIsInForceAuditedAndCounted(t *testing.T) {
	s := newService(t)
	by := audit.By{Person: "P1", Address: "192.0.2.7"}
	steps := []struct {
		effect Effect
		may    bool
		epoch  uint64
	}{{Deny, false, 1}, {Deny, false, 1}, {Allow, true, 2}, {Default, true, 3}, {Default, true, 3}}
	for i, step := range steps {
		err := s.Set(t.Context(), Change{By: by, School: college, Role: "eleve", Permission: "devoirs.read", Effect: step.effect})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.May(college, eleve, "devoirs.read"); got != step.may {
			t.Errorf("step %d: May = %v", i, got)
		}
		if n, err := s.Epoch(t.Context(), college); err != nil || n != step.epoch {
			t.Errorf("step %d: epoch %d %v, want %d", i, n, err, step.epoch)
		}
	}
	lines, _, err := s.log.List(t.Context(), college, audit.Query{Action: audit.PermissionSet})
	if err != nil || len(lines) != 3 {
		t.Fatalf("%d lines in the journal (%v), want 3", len(lines), err)
	}
	last := lines[0]
	if last.Actor != "P1" || last.Address != "192.0.2.7" || last.Object != "devoirs.read" ||
		last.Details["before"] != "allow" || last.Details["after"] != "default" || last.Details["role"] != "eleve" {
		t.Errorf("journal says %+v", last)
	}
	if lines, _, _ := s.log.List(t.Context(), lycee, audit.Query{}); len(lines) != 0 {
		t.Errorf("the other school's journal has %d lines", len(lines))
	}
}

func TestChangesOutliveTheProcess(t *testing.T) {
	s := newService(t)
	set(t, s, college, "eleve", "devoirs.read", Deny)
	again, err := New(s.engine, s.log)
	if err != nil {
		t.Fatal(err)
	}
	if again.May(college, eleve, "devoirs.read") {
		t.Error("allowed before the module is registered")
	}
	if err := again.Register("devoirs", devoirs); err != nil {
		t.Fatal(err)
	}
	if again.May(college, eleve, "devoirs.read") || !again.May(lycee, eleve, "devoirs.read") {
		t.Error("the school's change was lost or went to another school")
	}
}

func TestModulesComeAndGo(t *testing.T) {
	s := newService(t)
	set(t, s, college, "eleve", "devoirs.read", Deny)
	s.Unregister("devoirs")
	if s.May(lycee, eleve, "devoirs.read") || len(s.Granted(lycee, eleve, "devoirs")) > 0 {
		t.Error("allowed although its module is away")
	}
	if !s.May(lycee, eleve, Home) {
		t.Error("the core's permissions went with the module")
	}
	if err := s.Register("agenda", []Permission{{"agenda.read", "x", []string{"eleve"}}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Register("devoirs", devoirs); err != nil {
		t.Fatal(err)
	}
	if s.May(college, eleve, "devoirs.read") || !s.May(lycee, eleve, "devoirs.read") || !s.May(college, eleve, "agenda.read") {
		t.Error("not as before after the module came back")
	}
	if err := s.Register("devoirs", devoirs[:1]); err != nil {
		t.Fatal(err)
	}
	if s.May(college, enseignant, "devoirs.set") {
		t.Error("a permission that the new version does not declare is still given")
	}
}

func TestRegisterRefuses(t *testing.T) {
	s := newService(t)
	for _, list := range [][]Permission{
		{{"core.admin", "x", []string{"eleve"}}},
		{{"agenda.read", "x", nil}},
		{{"devoirs.a", "x", []string{"roi"}}},
		{{"devoirs.a", "x", nil}, {"devoirs.a", "y", eleve}},
	} {
		if err := s.Register("devoirs", list); errors.KindOf(err) != errors.Invalid {
			t.Errorf("%v: %v, want invalid", list, err)
		}
	}
	if !s.May(lycee, eleve, "devoirs.read") {
		t.Error("a refused registration replaced the module's permissions")
	}
}

func TestMatrix(t *testing.T) {
	s := newService(t)
	set(t, s, college, "eleve", "devoirs.read", Deny)
	rows, err := s.Matrix(t.Context(), college)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(corePermissions())+len(devoirs) || rows[0].Module != Core || rows[len(rows)-1].Module != "devoirs" {
		t.Fatalf("%d rows, from %s to %s", len(rows), rows[0].Module, rows[len(rows)-1].Module)
	}
	for _, row := range rows {
		for i, c := range row.Cells {
			if c.Role != Roles()[i] || c.Allowed != s.May(college, []string{c.Role}, row.Permission.ID) {
				t.Errorf("%s %+v: not what May says", row.Permission.ID, c)
			}
			changed := row.Permission.ID == "devoirs.read" && c.Role == "eleve"
			if changed != (c.Effect == Deny) || !changed && c.Template != c.Allowed || changed && !c.Template {
				t.Errorf("%s %+v", row.Permission.ID, c)
			}
		}
	}
	if _, err := s.Matrix(t.Context(), unknown); errors.KindOf(err) != errors.NotFound {
		t.Errorf("matrix of an unknown school: %v", err)
	}
}

// TestConcurrentChanges: once Set returned, no reader sees the old answer,
// whatever was being compiled meanwhile.
func TestConcurrentChanges(t *testing.T) {
	s := newService(t)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					s.May(college, eleve, "devoirs.read")
					s.Granted(lycee, enseignant, "devoirs")
				}
			}
		})
	}
	for i := range 40 {
		e := []Effect{Deny, Allow}[i%2]
		set(t, s, college, "eleve", "devoirs.read", e)
		if got := s.May(college, eleve, "devoirs.read"); got != (e == Allow) {
			t.Errorf("after %s: %v", e, got)
		}
		if i%10 == 0 {
			if err := s.Register("devoirs", devoirs); err != nil {
				t.Error(err)
			}
		}
	}
	close(done)
	readers.Wait()
}

func TestEveryKeyHasItsWords(t *testing.T) {
	for _, language := range []string{"fr", "en"} {
		text, err := fs.ReadFile(Locales, "locales/"+language+".json")
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]string
		if err := json.Unmarshal(text, &words); err != nil {
			t.Fatal(err)
		}
		for _, p := range corePermissions() {
			if words[p.Name] == "" {
				t.Errorf("%s: no words for %s", language, p.Name)
			}
		}
	}
}
