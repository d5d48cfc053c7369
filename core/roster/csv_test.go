package roster

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/ids"
)

const csvHead = "identifiant;profil;nom;prenom;naissance;classes;groupes;enfants;courriel\n"

func TestReadCSV(t *testing.T) {
	r, err := ReadCSV([]File{
		{"parents.csv", []byte("Children,Id,Profile,Last name,First name,Birth date,Classes,Groups,E-mail\ne1|e2,r1,Responsable,Roudaut,Lenaïg,,,,l@exemple.test\n")},
		{"eleves.csv", []byte(csvHead + "e1;élève;Roudaut;Titouan;02/03/2014;6e A;Chorale|Latin;;\r\ne2;eleve;Roudaut;\"Loïza\";2012-12-24;4e B;;;\n")},
	})
	if err != nil || len(r.Refused) != 0 {
		t.Fatal(err, r.Refused)
	}
	p, e := r.People[0], r.People[1]
	if p.Profile != ids.Parent || p.Email != "l@exemple.test" || len(p.Children) != 2 || p.Children[1].ID != "e2" {
		t.Errorf("guardian = %+v", p)
	}
	if e.Profile != ids.Eleve || e.Birth != "2014-03-02" || !slices.Equal(e.Groups, []string{"Chorale", "Latin"}) || e.Key != "csv:e1" {
		t.Errorf("pupil = %+v", e)
	}
}

func TestCSVRefused(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		line int
		key  string
		all  bool // refused whole
	}{
		"missing column": {"identifiant;profil;nom;prenom\na;eleve;b;c\n", 1, "roster.refused.column", true},
		"another file":   {"a;b\n1;2\n", 1, "roster.refused.notcsv", true},
		"cut":            {csvHead + "e1;eleve;Roudaut;Titouan;;;;;\ne2;eleve;Rou\n", 3, "roster.refused.cut", true},
		"no identifier":  {csvHead + ";eleve;Roudaut;Titouan;;;;;\n", 2, "roster.refused.noid", false},
		"bar":            {csvHead + "a|b;eleve;Roudaut;Titouan;;;;;\n", 2, "roster.refused.id", false},
		"same twice":     {csvHead + "e1;eleve;Roudaut;Titouan;;;;;\ne1;eleve;Roudaut;Loïza;;;;;\n", 3, "roster.refused.sameid", false},
		"no profile":     {csvHead + "e1;pirate;Roudaut;Titouan;;;;;\n", 2, "roster.refused.profile", false},
		"no name":        {csvHead + "e1;eleve;;Titouan;;;;;\n", 2, "roster.refused.noname", false},
		"date":           {csvHead + "e1;eleve;Roudaut;Titouan;31/02/2014;;;;\n", 2, "roster.refused.date", false},
		"children":       {csvHead + "e1;eleve;Roudaut;Titouan;;;;e2;\n", 2, "roster.refused.children", false},
	} {
		r, err := ReadCSV([]File{{"p.csv", []byte(c.text)}})
		why, whole := RefusalOf(err)
		if !whole && err == nil && len(r.Refused) == 1 {
			why = r.Refused[0]
		}
		if whole != c.all || why.Key != c.key || why.Place != (Place{"p.csv", c.line}) {
			t.Errorf("%s: %+v (%v), want %s on line %d", name, why, err, c.key, c.line)
		}
	}
}

// anyone draws a roster as ReadCSV gives it. No name has a capital Ã: before
// some signs it is the mark of letters that were encoded twice.
func anyone(t *rapid.T) *Roster {
	word := rapid.StringMatching(`[A-Za-zÀ-ÂÄ-ÖØ-öø-ÿœ0-9'’;,"=\-]{1,9}( [a-zé"]{1,5})?`)
	name := rapid.Custom(func(t *rapid.T) string { return "A" + word.Draw(t, "name") })
	r := &Roster{Source: SourceCSV}
	n := rapid.IntRange(1, 12).Draw(t, "people")
	var pupils []string
	for i := range n {
		p := Person{
			ID: fmt.Sprintf("n%d %s", i, name.Draw(t, "id")), Profile: rapid.SampledFrom(ids.Profiles()).Draw(t, "profile"),
			LastName: name.Draw(t, "last"), FirstName: name.Draw(t, "first"),
			Birth:   rapid.SampledFrom([]string{"", "2012-02-29", "1968-12-31"}).Draw(t, "birth"),
			Email:   rapid.SampledFrom([]string{"", "a@exemple.test"}).Draw(t, "email"),
			Classes: distinct(rapid.SliceOfN(name, 0, 2).Draw(t, "classes")),
			Groups:  distinct(rapid.SliceOfN(name, 0, 2).Draw(t, "groups")),
		}
		p.Key = SourceCSV + ":" + p.ID
		switch {
		case p.Profile == ids.Eleve:
			pupils = append(pupils, p.ID)
		case p.Profile == ids.Parent && len(pupils) > 0:
			for _, id := range distinct(rapid.SliceOfN(rapid.SampledFrom(pupils), 0, 3).Draw(t, "children")) {
				p.Children = append(p.Children, Child{ID: id})
			}
		}
		r.People = append(r.People, p)
	}
	return r
}

func distinct(list []string) []string {
	var kept []string
	for _, v := range list {
		if !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return kept
}

func written(t interface{ Fatal(...any) }, r *Roster) File {
	var b bytes.Buffer
	if err := WriteCSV(&b, r); err != nil {
		t.Fatal(err)
	}
	return File{"p.csv", b.Bytes()}
}

// samePeople compares all but the lines they are on.
func samePeople(a, b []Person) bool {
	return slices.EqualFunc(a, b, func(x, y Person) bool {
		x.At, y.At = Place{}, Place{}
		return reflect.DeepEqual(x, y)
	})
}

func TestReadIsTheInverseOfWrite(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyone(t)
		got, err := ReadCSV([]File{written(t, r)})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Refused) > 0 || !samePeople(r.People, got.People) {
			t.Fatalf("wrote %+v\nread %+v", r, got)
		}
	})
}

// TestPlanAfterApplyIsUnchanged imports whatever is drawn into one school after
// the other: a second plan never finds anything to do.
func TestPlanAfterApplyIsUnchanged(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir := newSchool(t)
		ctx := context.Background()
		r := anyone(rt)
		plan, err := Plan(ctx, dir, uai, r)
		if err != nil {
			rt.Fatal(err)
		}
		if _, err := plan.Apply(ctx, dir, audit.By{}, nil); err != nil {
			rt.Fatal(err)
		}
		again, err := Plan(ctx, dir, uai, r)
		if err != nil {
			rt.Fatal(err)
		}
		if got := again.Report; got.Unchanged != len(r.People) || got.Created+got.Changed != 0 {
			rt.Fatalf("%+v", got)
		}
	})
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte(csvHead + "e1;eleve;Roudaut;Titouan;02/03/2014;6e A;Chorale|Latin;;\n"))
	f.Add([]byte("\xef\xbb\xbf" + csvHead + "r1;parent;\"Rou;daut\";L;;;;e1|e2;l@exemple.test\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ReadCSV([]File{{"p.csv", data}})
		if err != nil {
			if _, ok := RefusalOf(err); !ok {
				t.Fatalf("not a refusal: %v", err)
			}
			return
		}
		if len(r.People) == 0 {
			return
		}
		again, err := ReadCSV([]File{written(t, r)})
		if err != nil {
			t.Fatal(err)
		}
		if !samePeople(r.People, again.People) {
			t.Fatalf("wrote %+v\nread %+v", r.People, again.People)
		}
	})
}

func FuzzReadONDE(f *testing.F) {
	for _, file := range ondeFiles(f) {
		f.Add(file.Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ReadONDE([]File{{"a.csv", data}})
		if err != nil {
			if _, ok := RefusalOf(err); !ok {
				t.Fatalf("not a refusal: %v", err)
			}
			return
		}
		keys := map[string]bool{}
		for _, p := range r.People {
			if keys[p.Key] || Fold(p.LastName) == "" || p.At.Line < 2 {
				t.Fatalf("%+v", p)
			}
			keys[p.Key] = true
		}
	})
}
