package identity

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

func TestSwitchAndLookAt(t *testing.T) {
	b := newBench(t)
	b.save(family())
	mere := b.person(college, "mere")
	b.save(Batch{School: lycee, People: []Entry{
		{Source: "jade", FirstName: "Jade", LastName: "Noël", Profile: ids.Eleve},
		{Source: "mere", Person: mere, FirstName: "Anne-Sophie", LastName: "Noël", Profile: ids.Parent, Children: []string{"jade"}},
	}})
	lea, hugo, jade := b.person(college, "lea"), b.person(college, "hugo"), b.person(lycee, "jade")
	token, sess := b.in("anne-sophie.noel", "mere-password")
	if sess.School != college {
		t.Fatalf("first school %s", sess.School)
	}
	for _, c := range []struct {
		name  string
		child ids.PersonID
		kind  errors.Kind
	}{
		{"own child", lea, errors.OK},
		{"another family's child", hugo, errors.Denied},
		{"own child of another school", jade, errors.Denied},
		{"herself", mere, errors.Denied},
		{"nobody", "nobody", errors.Denied},
	} {
		sess, err := b.LookAt(t.Context(), token, c.child)
		if errors.KindOf(err) != c.kind {
			t.Errorf("%s: %v", c.name, err)
		}
		if err == nil && (sess.Child != c.child || sess.Viewer.Child != string(c.child)) {
			t.Errorf("%s: looks at %q", c.name, sess.Child)
		}
	}
	_, err := b.Switch(t.Context(), token, "0000000A")
	wants(t, "unknown school", err, errors.Denied, "identity.school.notyours")
	sess, err = b.Switch(t.Context(), token, lycee)
	if err != nil || sess.School != lycee || sess.Child != "" || len(sess.Viewer.Children) != 1 || sess.Viewer.Children[0].FirstName != "Jade" {
		t.Fatalf("switched: %+v %v", sess, err)
	}
	_, err = b.LookAt(t.Context(), token, lea)
	wants(t, "child of the school before", err, errors.Denied, "identity.child.notyours")
	if sess, err = b.LookAt(t.Context(), token, jade); err != nil || sess.Child != jade {
		t.Errorf("%v %v", sess, err)
	}
	if sess, err = b.LookAt(t.Context(), token, ""); err != nil || sess.Child != "" {
		t.Errorf("all children: %v %v", sess, err)
	}
	if _, sess = b.in("anne-sophie.noel", "mere-password"); sess.School != lycee {
		t.Errorf("the next session begins in %s, not in the last school", sess.School)
	}
	pupil, _ := b.in("lea.noel", "lea-password")
	_, err = b.Switch(t.Context(), pupil, lycee)
	wants(t, "a pupil elsewhere", err, errors.Denied, "")
	_, err = b.LookAt(t.Context(), pupil, hugo)
	wants(t, "a pupil at a classmate", err, errors.Denied, "")
}

func TestChangesReachSessionsAtOnce(t *testing.T) {
	b := newBench(t)
	b.save(family())
	by := audit.By{Person: b.person(college, "chef")}
	prof, lea, hugo := b.person(college, "prof"), b.person(college, "lea"), b.person(college, "hugo")
	token, _ := b.in("ines.roux", "prof-password")
	parent, _ := b.in("anne-sophie.noel", "mere-password")

	if err := b.SetRoles(t.Context(), by, college, prof, []string{administrateur}); err != nil {
		t.Fatal(err)
	}
	sess, err := b.SessionOf(t.Context(), token)
	if err != nil || !slices.Equal(sess.Roles, []string{"enseignant", administrateur}) {
		t.Errorf("roles %v %v", sess, err)
	}
	if err := b.SetGroups(t.Context(), by, college, prof, nil); err != nil {
		t.Fatal(err)
	}
	if sess, _ = b.SessionOf(t.Context(), token); len(sess.Viewer.Groups) != 0 {
		t.Errorf("groups %v", sess.Viewer.Groups)
	}
	if _, err := b.LookAt(t.Context(), parent, lea); err != nil {
		t.Fatal(err)
	}
	if err := b.Leave(t.Context(), by, college, lea); err != nil {
		t.Fatal(err)
	}
	if sess, err = b.SessionOf(t.Context(), parent); err != nil || sess.Child != "" || len(sess.Viewer.Children) != 1 {
		t.Errorf("after the child left: %v %v", sess, err)
	}
	if err := b.Leave(t.Context(), by, college, prof); err != nil {
		t.Fatal(err)
	}
	_, err = b.SessionOf(t.Context(), token)
	wants(t, "left", err, errors.SignIn, "identity.session.ended")
	_, _, err = b.SignIn(t.Context(), "ines.roux", "prof-password", here)
	wants(t, "sign-in after leaving", err, errors.Denied, "identity.signin.nowhere")
	if list, _ := b.People(t.Context(), college, prof, hugo, "nobody", lea); len(list) != 1 || list[0].Person() != hugo {
		t.Errorf("People: %v", names(list))
	}
	if ok, _ := b.GuardianOf(t.Context(), college, b.person(college, "mere"), lea); ok {
		t.Error("still guardian of a pupil who left")
	}
	if err := b.Return(t.Context(), by, college, prof); err != nil {
		t.Fatal(err)
	}
	b.in("ines.roux", "prof-password")
}

func TestManagingRefuses(t *testing.T) {
	b := newBench(t)
	b.save(family())
	by := audit.By{}
	chef, lea, prof := b.person(college, "chef"), b.person(college, "lea"), b.person(college, "prof")
	wants(t, "role", b.SetRoles(t.Context(), by, college, prof, []string{"roi"}), errors.Invalid, "identity.role.unknown")
	wants(t, "role of a pupil", b.SetRoles(t.Context(), by, college, lea, []string{administrateur}), errors.Invalid, "identity.role.staff")
	wants(t, "another school", b.SetRoles(t.Context(), by, lycee, prof, nil), errors.NotFound, "identity.person.unknown")
	wants(t, "group", b.SetGroups(t.Context(), by, college, lea, []ids.GroupID{"x"}), errors.NotFound, "identity.group.unknown")
	wants(t, "last head", b.Leave(t.Context(), by, college, chef), errors.Conflict, "identity.lastadmin")
	if err := b.SetRoles(t.Context(), by, college, prof, []string{administrateur, administrateur}); err != nil {
		t.Fatal(err)
	}
	if err := b.Leave(t.Context(), by, college, chef); err != nil {
		t.Errorf("the head leaves when someone else runs the school: %v", err)
	}
	wants(t, "last administrator", b.SetRoles(t.Context(), by, college, prof, nil), errors.Conflict, "identity.lastadmin")
	_, err := b.SaveGroup(t.Context(), by, college, Group{Name: "6E a", Kind: Classe})
	wants(t, "group's name", err, errors.Conflict, "identity.group.exists")
	_, err = b.SaveGroup(t.Context(), by, college, Group{ID: "x", Name: "6e Z", Kind: Classe})
	wants(t, "unknown group", err, errors.NotFound, "identity.group.unknown")
	_, err = b.SaveGroup(t.Context(), by, college, Group{Name: "6e Z", Kind: "club"})
	wants(t, "kind", err, errors.Invalid, "")
	if id, err := b.SaveGroup(t.Context(), by, college, Group{ID: string(b.group("6A")), Name: "6e Alpha", Kind: Classe}); err != nil || id != b.group("6A") {
		t.Errorf("renamed: %v %v", id, err)
	}
}

func TestSearch(t *testing.T) {
	b := newBench(t)
	b.save(family())
	for _, c := range []struct {
		words    string
		profiles []ids.Profile
		limit    int
		want     string
	}{
		{"noel", nil, 10, "Anne-Sophie Léa Tom"},
		{"NOË", nil, 10, "Anne-Sophie Léa Tom"},
		{"noel", []ids.Profile{ids.Eleve}, 10, "Léa Tom"},
		{"no le", nil, 10, "Léa"},
		{"sophie noel", nil, 10, "Anne-Sophie"},
		{"oeuf", nil, 10, "Hugo Paul"},
		{"hugo.d", nil, 10, "Hugo"},
		{"oel", nil, 10, ""},
		{"noel xyz", nil, 10, ""},
		{"", []ids.Profile{ids.Parent, ids.Direction}, 10, "Marc Paul Anne-Sophie"},
		{" .-' ", nil, 2, "Marc Hugo"},
		{strings.Repeat("a", 5000), nil, 10, ""},
	} {
		list, err := b.SearchPeople(t.Context(), college, c.words, c.profiles, c.limit)
		if got := strings.Join(names(list), " "); err != nil || got != c.want {
			t.Errorf("%.20q %v: %q %v, want %q", c.words, c.profiles, got, err, c.want)
		}
	}
	if list, err := b.SearchPeople(t.Context(), lycee, "noel", nil, 10); err != nil || len(list) != 0 {
		t.Errorf("another school finds %v %v", names(list), err)
	}
	if list, _ := b.SearchPeople(t.Context(), college, "noel", nil, 2); len(list) != 2 {
		t.Errorf("limit: %v", names(list))
	}
}

func TestListPeople(t *testing.T) {
	b := newBench(t)
	b.save(family())
	if err := b.Leave(t.Context(), audit.By{}, college, b.person(college, "tom")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		q    PeopleQuery
		want string
	}{
		{"all", PeopleQuery{}, "Marc Hugo Paul Anne-Sophie Léa Inès"},
		{"profile", PeopleQuery{Profile: ids.Eleve}, "Hugo Léa"},
		{"class", PeopleQuery{Group: b.group("6A")}, "Hugo Léa Inès"},
		{"class and profile", PeopleQuery{Group: b.group("6A"), Profile: ids.Enseignant}, "Inès"},
		{"left", PeopleQuery{Left: true}, "Tom"},
		{"words", PeopleQuery{Words: "noel"}, "Anne-Sophie Léa"},
		{"words of who left", PeopleQuery{Words: "noel", Left: true}, "Tom"},
		{"words and class", PeopleQuery{Words: "noel", Group: b.group("6A")}, "Léa"},
	} {
		for _, limit := range []int{1, 2, 50} {
			if c.q.Words != "" && limit < 50 {
				continue
			}
			var got []string
			c.q.Limit, c.q.Cursor = limit, ""
			for {
				page, next, err := b.ListPeople(t.Context(), college, c.q)
				if err != nil || len(page) > limit {
					t.Fatalf("%s: %d people, %v", c.name, len(page), err)
				}
				got = append(got, names(page)...)
				if c.q.Cursor = next; next == "" {
					break
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s by %d: %v, want %s", c.name, limit, got, c.want)
			}
		}
	}
	counts, err := b.CountPeople(t.Context(), college)
	if err != nil || counts[ids.Eleve] != 2 || counts[ids.Parent] != 2 || counts[ids.Direction] != 1 || counts[ids.Personnel] != 0 {
		t.Errorf("counts %v %v", counts, err)
	}
	if list, _ := b.Members(t.Context(), college, "", ids.Parent, ids.Direction); strings.Join(names(list), " ") != "Paul Anne-Sophie Marc" {
		t.Errorf("by profiles: %v", names(list))
	}
	if n, _ := b.CountMembers(t.Context(), college, b.group("3B")); n != 1 {
		t.Errorf("%d in 3e B", n)
	}
}

func TestWhoLeavesIsTold(t *testing.T) {
	b := newBench(t)
	b.save(family())
	pumped := 0
	b.emitted = func(_ context.Context, school ids.SchoolID) error {
		if pumped++; school != college {
			t.Errorf("told about %s", school)
		}
		return nil
	}
	lea, tom := b.person(college, "lea"), b.person(college, "tom")
	for range 2 { // the second time nobody leaves any more
		if err := b.Leave(t.Context(), audit.By{}, college, lea); err != nil {
			t.Fatal(err)
		}
		b.save(Batch{School: college, Leave: []ids.PersonID{tom}})
	}
	space, err := b.engine.Open(t.Context(), college)
	if err != nil {
		t.Fatal(err)
	}
	list, err := space.Pending(t.Context(), 0)
	if err != nil || len(list) != 2 || pumped != 2 || list[0].Name != Left || list[0].People[0] != lea || list[1].People[0] != tom {
		t.Errorf("%v %v, told %d times", list, err, pumped)
	}
}
