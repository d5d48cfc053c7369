package identity

import (
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

func TestAddSchool(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		name     string
		school   School
		kind     errors.Kind
		warnings int
	}{
		{"right letter", School{ID: "0750656F", Name: "École Ferry", Kind: Ecole}, errors.OK, 0},
		{"wrong letter is only a warning", School{ID: "0750657A", Name: "École Ferry"}, errors.OK, 1},
		{"known, in lower case", School{ID: " 0750655e ", Name: "Encore"}, errors.Conflict, 0},
		{"not a UAI", School{ID: "750655E", Name: "x"}, errors.Invalid, 0},
		{"path", School{ID: "../../ab", Name: "x"}, errors.Invalid, 0},
		{"no name", School{ID: "0750658H", Name: " "}, errors.Invalid, 0},
		{"no such kind", School{ID: "0750658H", Name: "x", Kind: "fac"}, errors.Invalid, 0},
		{"no such zone", School{ID: "0750658H", Name: "x", TimeZone: "Europe/Pariss"}, errors.Invalid, 0},
		{"overseas", School{ID: "9740001P", Name: "x", TimeZone: "Indian/Reunion"}, errors.OK, 1},
	} {
		warnings, err := b.AddSchool(t.Context(), audit.By{}, c.school)
		if errors.KindOf(err) != c.kind || len(warnings) != c.warnings {
			t.Errorf("%s: %v %v", c.name, warnings, err)
		}
	}
	list, err := b.Schools(t.Context())
	if err != nil || len(list) != 5 {
		t.Fatalf("%d schools, %v", len(list), err)
	}
	got, err := b.School(t.Context(), "0750656F")
	if err != nil || got.TimeZone != "Europe/Paris" || got.Locale != "fr" {
		t.Errorf("%+v %v", got, err)
	}
}

func TestUnknownSchoolHasNothingAndIsNotMade(t *testing.T) {
	b := newBench(t)
	const nowhere = ids.SchoolID("0000000A")
	_, err := b.Member(t.Context(), nowhere, "x")
	wants(t, "Member", err, errors.NotFound, "identity.school.unknown")
	_, err = b.SaveMembers(t.Context(), Batch{School: nowhere})
	wants(t, "SaveMembers", err, errors.NotFound, "identity.school.unknown")
	wants(t, "SetSchool", b.SetSchool(t.Context(), audit.By{}, School{ID: nowhere, Name: "x"}), errors.NotFound, "identity.school.unknown")
	spaces, err := b.engine.Spaces(t.Context())
	if err != nil || len(spaces) != 3 {
		t.Errorf("spaces %v %v", spaces, err)
	}
}

func TestSetSchoolReachesSessions(t *testing.T) {
	b := newBench(t)
	b.save(family())
	token, _ := b.in("lea.noel", "lea-password")
	school, _ := b.School(t.Context(), college)
	school.Name = "Collège Rosa-Parks"
	if err := b.SetSchool(t.Context(), audit.By{}, school); err != nil {
		t.Fatal(err)
	}
	sess, err := b.SessionOf(t.Context(), token)
	if err != nil || sess.Viewer.SchoolName != school.Name || sess.Schools[0].Name != school.Name {
		t.Errorf("%v %v", sess, err)
	}
}
