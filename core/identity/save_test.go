package identity

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

func count(saved *Saved) string {
	n := map[Outcome]int{}
	for _, o := range saved.Outcomes {
		n[o]++
	}
	return fmt.Sprintf("%d created, %d changed, %d unchanged, %d left, %d groups, %d passwords",
		n[Created], n[Changed], n[Unchanged], saved.Left, saved.Groups, len(saved.First))
}

func TestSaveMembersTwiceChangesNothing(t *testing.T) {
	b := newBench(t)
	dry := family()
	dry.DryRun = true
	for range 2 {
		if got := count(b.save(dry)); got != "7 created, 0 changed, 0 unchanged, 0 left, 2 groups, 0 passwords" {
			t.Errorf("dry run: %s", got)
		}
	}
	if list, _ := b.Members(t.Context(), college, ""); len(list) != 0 {
		t.Errorf("a dry run made %v", names(list))
	}
	last := 0
	batch := family()
	batch.Progress = func(done, total int) {
		if done != last+1 || total != 7 {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
	}
	if got := count(b.save(batch)); got != "7 created, 0 changed, 0 unchanged, 0 left, 2 groups, 7 passwords" {
		t.Errorf("first run: %s", got)
	}
	if last != 7 {
		t.Errorf("progress ended at %d", last)
	}
	for _, again := range []Batch{family(), dry} {
		if got := count(b.save(again)); got != "0 created, 0 changed, 7 unchanged, 0 left, 0 groups, 0 passwords" {
			t.Errorf("again: %s", got)
		}
	}
	imports := slices.DeleteFunc(journal(b, college), func(l string) bool { return !strings.HasPrefix(l, string(audit.PeopleImported)) })
	if len(imports) != 1 {
		t.Errorf("journal: %v", imports)
	}
}

func TestChangesOfABatch(t *testing.T) {
	type result struct{ counts, mere, six string }
	for _, c := range []struct {
		name   string
		change func(*bench, *Batch)
		want   result
	}{
		{"name", func(_ *bench, x *Batch) { x.People[0].LastName = "Noël-Roux" },
			result{"0 created, 1 changed, 6 unchanged, 0 left, 0 groups, 0 passwords", "Tom Léa", "Hugo Léa Inès"}},
		{"class", func(_ *bench, x *Batch) { x.People[0].Groups = []string{"3B"} },
			result{"0 created, 1 changed, 6 unchanged, 0 left, 0 groups, 0 passwords", "Tom Léa", "Hugo Inès"}},
		{"child taken away", func(_ *bench, x *Batch) { x.People[2].Children = []string{"lea"} },
			result{"0 created, 1 changed, 6 unchanged, 0 left, 0 groups, 0 passwords", "Léa", "Hugo Léa Inès"}},
		{"child added", func(_ *bench, x *Batch) { x.People[2].Children = []string{"tom", "lea", "hugo", "lea"} },
			result{"0 created, 1 changed, 6 unchanged, 0 left, 0 groups, 0 passwords", "Hugo Tom Léa", "Hugo Léa Inès"}},
		{"children not said", func(_ *bench, x *Batch) { x.People[2].Children = nil },
			result{"0 created, 0 changed, 7 unchanged, 0 left, 0 groups, 0 passwords", "Tom Léa", "Hugo Léa Inès"}},
		{"guardian alone in the batch", func(_ *bench, x *Batch) { x.People = x.People[2:3] },
			result{"0 created, 0 changed, 1 unchanged, 0 left, 0 groups, 0 passwords", "Tom Léa", "Hugo Léa Inès"}},
		{"pupil leaves", func(b *bench, x *Batch) {
			x.People = slices.Delete(x.People, 1, 2)
			x.People[1].Children = []string{"lea"}
			x.Leave = []ids.PersonID{b.person(college, "tom")}
		}, result{"0 created, 1 changed, 5 unchanged, 1 left, 0 groups, 0 passwords", "Léa", "Hugo Léa Inès"}},
		{"leaving, but in the batch", func(b *bench, x *Batch) { x.Leave = []ids.PersonID{b.person(college, "tom")} },
			result{"0 created, 0 changed, 7 unchanged, 0 left, 0 groups, 0 passwords", "Tom Léa", "Hugo Léa Inès"}},
		{"class renamed", func(_ *bench, x *Batch) { x.Groups[0].Name = "6e Alpha" },
			result{"0 created, 0 changed, 7 unchanged, 0 left, 1 groups, 0 passwords", "Tom Léa", "Hugo Léa Inès"}},
		{"someone new", func(_ *bench, x *Batch) {
			x.People = append(x.People, Entry{Source: "zoe", FirstName: "Zoé", LastName: "Noël", Profile: ids.Eleve, Groups: []string{"6A"}})
		}, result{"1 created, 0 changed, 7 unchanged, 0 left, 0 groups, 1 passwords", "Tom Léa", "Hugo Léa Zoé Inès"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			b.save(family())
			six := b.group("6A")
			batch := family()
			c.change(b, &batch)
			dry := batch
			dry.DryRun = true
			planned, saved := count(b.save(dry)), b.save(batch)
			if got := count(saved); got != c.want.counts {
				t.Errorf("%s, want %s", got, c.want.counts)
			}
			if i := strings.LastIndex(c.want.counts, ","); planned[:i] != c.want.counts[:i] {
				t.Errorf("dry run said %s", planned)
			}
			mere, err := b.Member(t.Context(), college, b.person(college, "mere"))
			if err != nil {
				t.Fatal(err)
			}
			children, _ := b.People(t.Context(), college, mere.Children...)
			if got := strings.Join(names(children), " "); got != c.want.mere {
				t.Errorf("children %s, want %s", got, c.want.mere)
			}
			list, _ := b.Members(t.Context(), college, six)
			if got := strings.Join(names(list), " "); got != c.want.six {
				t.Errorf("class %s, want %s", got, c.want.six)
			}
			if got := count(b.save(batch)); !strings.HasPrefix(got, "0 created, 0 changed") || !strings.Contains(got, " 0 left, 0 groups") {
				t.Errorf("the same again: %s", got)
			}
		})
	}
}

func (b *bench) group(source string) ids.GroupID {
	b.t.Helper()
	list, err := b.Groups(b.t.Context(), college)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, g := range list {
		if g.Source == source {
			return ids.GroupID(g.ID)
		}
	}
	b.t.Fatalf("no group %s", source)
	return ""
}

func TestBadBatchesAreRefusedWhole(t *testing.T) {
	var stranger ids.PersonID
	for _, c := range []struct {
		name   string
		spoil  func(*Batch)
		kind   errors.Kind
		key    string
		offDry bool // only a real run can know
	}{
		{"no source", func(x *Batch) { x.People[3].Source = "" }, errors.Invalid, "identity.import.source", false},
		{"source twice", func(x *Batch) { x.People[3].Source = "lea" }, errors.Invalid, "identity.import.source", false},
		{"profile", func(x *Batch) { x.People[3].Profile = "roi" }, errors.Invalid, "identity.import.profile", false},
		{"no name", func(x *Batch) { x.People[3].FirstName, x.People[3].LastName = " ", "" }, errors.Invalid, "identity.import.name", false},
		{"class", func(x *Batch) { x.People[6].Groups = []string{"5Z"} }, errors.Invalid, "identity.import.group", false},
		{"child", func(x *Batch) { x.People[4].Children = []string{"who"} }, errors.Invalid, "identity.import.child", false},
		{"child is no pupil", func(x *Batch) { x.People[4].Children = []string{"prof"} }, errors.Invalid, "identity.import.child", false},
		{"person", func(x *Batch) { x.People[4].Person = "nobody" }, errors.Invalid, "identity.import.person", false},
		{"leaver of another school", func(x *Batch) { x.Leave = []ids.PersonID{stranger} }, errors.NotFound, "identity.person.unknown", false},
		{"role", func(x *Batch) { x.People[5].Roles = []string{"roi"} }, errors.Invalid, "identity.role.unknown", false},
		{"role for a pupil", func(x *Batch) { x.People[0].Roles = []string{administrateur} }, errors.Invalid, "identity.role.staff", false},
		{"login taken", func(x *Batch) { x.People[5].Login = "Xa.LY" }, errors.Conflict, "identity.login.taken", false},
		{"login twice", func(x *Batch) { x.People[5].Login, x.People[6].Login = "roux", "Roux" }, errors.Conflict, "identity.login.taken", true},
		{"login", func(x *Batch) { x.People[5].Login = "a b" }, errors.Invalid, "identity.login.invalid", false},
		{"group without name", func(x *Batch) { x.Groups[1].Name = "" }, errors.Invalid, "identity.group.name", false},
		{"group kind", func(x *Batch) { x.Groups[1].Kind = "club" }, errors.Invalid, "identity.group.kind", false},
	} {
		b := newBench(t)
		b.save(Batch{School: lycee, People: []Entry{{Source: "x", FirstName: "Xa", LastName: "Ly", Profile: ids.Eleve}}})
		stranger = b.person(lycee, "x")
		batch := family()
		for i := range batch.People {
			batch.People[i].Password = ""
		}
		c.spoil(&batch)
		for _, batch.DryRun = range []bool{true, false} {
			if batch.DryRun && c.offDry {
				continue
			}
			_, err := b.SaveMembers(t.Context(), batch)
			wants(t, fmt.Sprintf("%s (dry run %v)", c.name, batch.DryRun), err, c.kind, c.key)
		}
		if list, _ := b.Members(t.Context(), college, ""); len(list) != 0 {
			t.Fatalf("%s: left %v behind", c.name, names(list))
		}
		if list, _ := b.Groups(t.Context(), college); len(list) != 0 {
			t.Fatalf("%s: left groups behind", c.name)
		}
	}
}

// failing stops the school's transaction, as a crash between the two spaces
// would.
type failing struct {
	store.Engine
	school ids.SchoolID
}

type failingSpace struct{ store.Space }

func (f failing) Open(ctx context.Context, school ids.SchoolID) (store.Space, error) {
	space, err := f.Engine.Open(ctx, school)
	if school == f.school && err == nil {
		space = failingSpace{space}
	}
	return space, err
}

func (f failingSpace) Update(context.Context, func(store.Tx) error) error {
	return errors.New(errors.Unavailable, "crash")
}

func TestInterruptedImportLeavesNothingVisibleAndIsTakenUp(t *testing.T) {
	b := newBench(t)
	whole := b.Service.engine
	b.Service.engine = failing{whole, college}
	_, err := b.SaveMembers(t.Context(), family())
	wants(t, "interrupted", err, errors.Unavailable, "crash")
	b.Service.engine = whole
	first, err := b.PersonByLogin(t.Context(), "lea.noel")
	if err != nil {
		t.Fatalf("no account was reserved: %v", err)
	}
	_, _, err = b.SignIn(t.Context(), "lea.noel", "lea-password", here)
	wants(t, "sign-in without a member", err, errors.Denied, "identity.signin.nowhere")
	saved := b.save(family())
	if got := count(saved); got != "7 created, 0 changed, 0 unchanged, 0 left, 2 groups, 7 passwords" {
		t.Errorf("second run: %s", got)
	}
	if saved.People[0] != first {
		t.Error("the second run made another account")
	}
	for _, f := range saved.First {
		if _, _, err := b.SignIn(t.Context(), f.Login, f.Password, here); err != nil {
			t.Errorf("%s: %v", f.Login, err)
		}
	}
}

func TestOnePersonInTwoSchoolsOnlyWhenSaid(t *testing.T) {
	b := newBench(t)
	b.save(family())
	mere := b.person(college, "mere")
	token, sess := b.in("anne-sophie.noel", "mere-password")
	if len(sess.Schools) != 1 {
		t.Fatalf("schools %v", sess.Schools)
	}
	saved := b.save(Batch{School: lycee, People: []Entry{
		{Source: "jade", FirstName: "Jade", LastName: "Noël", Profile: ids.Eleve},
		{Source: "other", FirstName: "Anne-Sophie", LastName: "Noël", Profile: ids.Parent, Children: []string{"jade"}},
		{Source: "mere", Person: mere, FirstName: "Anne-Sophie", LastName: "Noël", Profile: ids.Parent, Children: []string{"jade"}},
	}})
	if saved.People[1] == mere || saved.People[2] != mere || len(saved.First) != 2 {
		t.Fatalf("people %v, %d passwords", saved.People, len(saved.First))
	}
	if saved.First[1].Login != "anne-sophie.noel2" {
		t.Errorf("namesake's login %s", saved.First[1].Login)
	}
	sess, err := b.SessionOf(t.Context(), token)
	if err != nil || len(sess.Schools) != 2 {
		t.Fatalf("the session does not know the second school: %+v %v", sess, err)
	}
	b.in("anne-sophie.noel", "mere-password") // the password is the old one
	if got := count(b.save(Batch{School: lycee, People: []Entry{
		{Source: "mere", FirstName: "Anne-Sophie", LastName: "Noël", Profile: ids.Parent}}})); !strings.HasPrefix(got, "0 created, 0 changed, 1 unch") {
		t.Errorf("second import without saying who: %s", got)
	}
}

func TestGroupsMadeByHandSurviveAnImport(t *testing.T) {
	b := newBench(t)
	b.save(family())
	club, err := b.SaveGroup(t.Context(), audit.By{}, college, Group{Name: "Club théâtre", Kind: Groupe})
	if err != nil {
		t.Fatal(err)
	}
	lea := b.person(college, "lea")
	if err := b.SetGroups(t.Context(), audit.By{}, college, lea, []ids.GroupID{b.group("6A"), club}); err != nil {
		t.Fatal(err)
	}
	if got := count(b.save(family())); !strings.HasPrefix(got, "0 created, 0 changed, 7 unchanged") {
		t.Error(got)
	}
	if list, _ := b.Members(t.Context(), college, club); len(list) != 1 {
		t.Errorf("club: %v", names(list))
	}
}

func TestImportKeepsSomeoneWhoRuns(t *testing.T) {
	b := newBench(t)
	b.save(family())
	_, err := b.SaveMembers(t.Context(), Batch{School: college, Leave: []ids.PersonID{b.person(college, "chef")}})
	wants(t, "last head leaves", err, errors.Conflict, "identity.lastadmin")
}

// TestRandomBatches: whatever two batches say, the second run of a batch
// changes nothing, relations hold both ways, and no login is given twice.
func TestRandomBatches(t *testing.T) {
	b := newBench(t)
	source := rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f"})
	rapid.Check(t, func(rt *rapid.T) {
		batch := Batch{School: college, Groups: family().Groups}
		for _, src := range rapid.SliceOfNDistinct(source, 0, 6, rapid.ID).Draw(rt, "sources") {
			e := Entry{Source: src, LastName: rapid.SampledFrom([]string{"Noël", "NOEL", "Roux"}).Draw(rt, "name"), FirstName: "Camille", Profile: ids.Eleve,
				Groups: rapid.SliceOfN(rapid.SampledFrom([]string{"6A", "3B"}), 0, 2).Draw(rt, "groups")}
			if src > "c" {
				e.Profile = ids.Parent
			}
			batch.People = append(batch.People, e)
		}
		for i, e := range batch.People {
			for _, o := range batch.People {
				if e.Profile == ids.Parent && o.Profile == ids.Eleve && rapid.Bool().Draw(rt, "child") {
					batch.People[i].Children = append(batch.People[i].Children, o.Source)
				}
			}
		}
		if list, err := b.Members(t.Context(), college, ""); err == nil && rapid.Bool().Draw(rt, "leave") {
			for _, m := range list {
				batch.Leave = append(batch.Leave, m.Person())
			}
		}
		b.save(batch)
		if got := count(b.save(batch)); !strings.HasPrefix(got, "0 created, 0 changed") || !strings.Contains(got, " 0 left, 0 groups") {
			rt.Fatalf("again: %s", got)
		}
		list, err := b.Members(t.Context(), college, "")
		if err != nil {
			rt.Fatal(err)
		}
		logins := map[string]bool{}
		for _, m := range list {
			if logins[m.Login] || m.Login == "" {
				rt.Fatalf("login %q twice or empty", m.Login)
			}
			logins[m.Login] = true
			for _, c := range m.Children {
				child, err := b.Member(t.Context(), college, c)
				if err != nil || !slices.Contains(child.Guardians, m.Person()) {
					rt.Fatalf("%s has child %v without being its guardian: %v", m.Source, child, err)
				}
			}
			for _, g := range m.Guardians {
				guardian, err := b.Member(t.Context(), college, g)
				if err != nil || guardian.Left || !slices.Contains(guardian.Children, m.Person()) {
					rt.Fatalf("%s has guardian %v without being their child: %v", m.Source, guardian, err)
				}
			}
		}
	})
}
