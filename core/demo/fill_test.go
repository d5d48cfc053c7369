package demo

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/sdk/demo"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

// around notes what the demonstration asks of host and events.
type around struct {
	enabled   map[ids.SchoolID][]ids.ModuleID
	worn      map[ids.SchoolID]string
	published []events.Event
}

func (*around) Manifests() []*manifest.Manifest { return []*manifest.Manifest{{ID: "devoirs"}} }

func (a *around) Enable(_ context.Context, s ids.SchoolID, m ids.ModuleID) error {
	a.enabled[s] = append(a.enabled[s], m)
	return nil
}

func (a *around) Wear(_ context.Context, _ audit.By, s ids.SchoolID, look theme.Look) error {
	a.worn[s] = look.Pack
	return nil
}

func (a *around) Publish(_ context.Context, e events.Event) error {
	a.published = append(a.published, e)
	return nil
}

var today = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func TestFill(t *testing.T) {
	engine, err := bolt.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	people, err := identity.New(identity.Config{Engine: engine, Audit: audit.New(engine, nil)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(people.Close)
	a := &around{enabled: map[ids.SchoolID][]ids.ModuleID{}, worn: map[ids.SchoolID]string{}}
	ctx := context.Background()
	pages, err := home.New(home.Config{Engine: engine})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pages.Close)
	s := Services{Identity: people, Modules: a, Events: a, Home: pages, Looks: a}
	accounts, err := Fill(ctx, s, today, nil)
	if err != nil {
		t.Fatal(err)
	}

	seen := map[string]int{}    // school and profile
	schools := map[string]int{} // of each login
	for _, one := range accounts {
		seen[one.School+" "+one.Profile]++
		schools[one.Login]++
	}
	both := 0
	for _, n := range schools {
		if n > 1 {
			both++
		}
	}
	if both < 4 {
		t.Errorf("%d people belong to both schools, want the guardians of two families at least", both)
	}
	for _, o := range outlines {
		for _, p := range ids.Profiles() {
			if seen[o.school.Name+" "+string(p)] == 0 {
				t.Errorf("%s has nobody of profile %s", o.school.Name, p)
			}
		}
		if _, _, right := ids.ParseUAI(string(o.school.ID)); !right {
			t.Errorf("%s has a wrong check letter", o.school.ID)
		}
		if got := a.enabled[o.school.ID]; len(got) != 1 || got[0] != "devoirs" {
			t.Errorf("%s enabled %v", o.school.ID, got)
		}
	}
	if a.worn[outlines[0].school.ID] == a.worn[outlines[1].school.ID] {
		t.Errorf("both schools look the same: %v", a.worn)
	}
	if n := len(Main(accounts)); n != 14 {
		t.Errorf("%d main accounts, want 14", n)
	}
	first := Main(accounts)[1]
	person, err := people.PersonByLogin(ctx, first.Login)
	if err != nil {
		t.Fatal(err)
	}
	if m, err := people.Member(ctx, outlines[0].school.ID, person); err != nil || len(m.Children) != 2 {
		t.Errorf("the first guardian has %+v, %v, want two children", m, err)
	}
	if _, sess, err := people.SignIn(ctx, first.Login, first.Password, "127.0.0.1"); err != nil || sess.MustChange {
		t.Errorf("sign-in: %+v, %v", sess, err)
	}
	checkEvents(t, ctx, people, a.published)

	again, err := Fill(ctx, s, today, nil)
	if err != nil || !reflect.DeepEqual(accounts, again) {
		t.Errorf("the second time: %v, other accounts: %v", err, !reflect.DeepEqual(accounts, again))
	}
	checkNews(t, ctx, people, pages)
}

// checkNews holds that every school says something in both places, once, and to
// families at whatever hour the demonstration begins.
func checkNews(t *testing.T, ctx context.Context, people *identity.Service, pages *home.Service) {
	t.Helper()
	for _, o := range outlines {
		all, err := pages.Announcements(ctx, o.school.ID)
		if err != nil || len(all) != 2 || all[0].News == all[1].News {
			t.Fatalf("%s says %+v, %v", o.school.Name, all, err)
		}
		for _, a := range all {
			if !a.Shown(time.Now(), ids.Parent) || a.Urgent {
				t.Errorf("families wait for %q, or are told that it is urgent", a.Title)
			}
		}
	}
	all, err := pages.Announcements(ctx, outlines[1].school.ID)
	if err != nil {
		t.Fatal(err)
	}
	groups, err := people.Groups(ctx, outlines[1].school.ID)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(all, func(a *home.Announcement) bool { return len(a.Groups) == 1 })
	if at < 0 || !slices.ContainsFunc(groups, func(g *identity.Group) bool { return ids.GroupID(g.ID) == all[at].Groups[0] && g.Name == "Tle G" }) {
		t.Errorf("nothing is for one class: %+v", all)
	}
}

// checkEvents holds that each class is told with its own people.
func checkEvents(t *testing.T, ctx context.Context, people *identity.Service, published []events.Event) {
	t.Helper()
	if len(published) != len(outlines) {
		t.Fatalf("%d events, want one for each school", len(published))
	}
	for i, e := range published {
		fill, err := demo.Parse(e.Payload)
		if err != nil || e.Name != demo.Event || fill.School != e.School || fill.Today != "2026-11-21" {
			t.Fatalf("%+v, %v", fill, err)
		}
		for _, class := range fill.Classes {
			if len(class.Pupils) != pupilsPerClass || len(class.Teachers) != len(outlines[i].subjects) {
				t.Errorf("%s: %d pupils, %d teachers", class.Name, len(class.Pupils), len(class.Teachers))
			}
			members, err := people.Members(ctx, e.School, class.ID, ids.Eleve)
			if err != nil || len(members) != pupilsPerClass {
				t.Errorf("%s: %d pupils in the directory, %v", class.Name, len(members), err)
			}
			for _, teacher := range class.Teachers {
				m, err := people.Member(ctx, e.School, teacher.Person)
				if err != nil || m.Profile != ids.Enseignant {
					t.Errorf("%s: %s is taught by %+v, %v", class.Name, teacher.Subject, m, err)
				}
			}
		}
	}
}

func TestSameSeedSamePeople(t *testing.T) {
	a, err := newCast(today)
	if err != nil {
		t.Fatal(err)
	}
	b, err := newCast(today)
	if err != nil || !reflect.DeepEqual(a.people, b.people) {
		t.Errorf("two casts differ, %v", err)
	}
}

func TestAccountsFile(t *testing.T) {
	dir := t.TempDir()
	if _, err := Load(dir); errors.KindOf(err) != errors.NotFound {
		t.Errorf("Load of nothing = %v, want NotFound", err)
	}
	want := []Account{{"a.b", "x", "eleve", "A B", "École"}}
	if err := Save(dir, want); err != nil {
		t.Fatal(err)
	}
	if got, err := Load(dir); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("Load = %v, %v", got, err)
	}
	var raw []map[string]string
	text, err := os.ReadFile(filepath.Join(dir, "demo-accounts.json"))
	if err != nil || json.Unmarshal(text, &raw) != nil || raw[0]["mot_de_passe"] != "x" || len(raw[0]) != 5 {
		t.Errorf("file: %s, %v", text, err)
	}
}
