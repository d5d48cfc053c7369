package roster

import (
	"context"
	"slices"
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

func readONDE(t *testing.T, files ...File) *Roster {
	t.Helper()
	r, err := ReadONDE(files)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestImportTwiceChangesNothing(t *testing.T) {
	dir := newSchool(t)
	report, first := apply(t, dir, readONDE(t, ondeFiles(t)...))
	if report.Created != 10 || report.Changed+report.Unchanged != 0 || len(first) != 10 || !report.Applied {
		t.Errorf("first: %+v, %d passwords", report, len(first))
	}
	if got := keysOf(report.Doubtful); !slices.Equal(got, []string{"roster.doubtful.twohomes"}) {
		t.Errorf("doubtful %v", got)
	}
	report, first = apply(t, dir, readONDE(t, ondeFiles(t)...))
	if report.Unchanged != 10 || report.Created+report.Changed != 0 || len(first) != 0 {
		t.Errorf("second: %+v, %d passwords", report, len(first))
	}
}

// everybody returns how many people the school has.
func everybody(t *testing.T, dir *identity.Service) int {
	t.Helper()
	count, err := dir.CountPeople(context.Background(), uai)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, of := range count {
		n += of
	}
	return n
}

func TestDryRunWritesNothing(t *testing.T) {
	dir := newSchool(t)
	d, err := Plan(context.Background(), dir, uai, readONDE(t, ondeFiles(t)...))
	if err != nil || d.Report.Created != 10 || d.Report.Applied {
		t.Fatalf("plan: %+v, %v", d.Report, err)
	}
	if n := everybody(t, dir); n != 0 {
		t.Errorf("%d people after a dry run", n)
	}
}

// TestFamilies looks at the relations and classes that an import makes.
func TestFamilies(t *testing.T) {
	dir := newSchool(t)
	_, first := apply(t, dir, readONDE(t, ondeFiles(t)...))
	find := func(words string, p ids.Profile) *identity.Member {
		t.Helper()
		list, err := dir.SearchPeople(context.Background(), uai, words, []ids.Profile{p}, 10)
		if err != nil || len(list) != 1 {
			t.Fatalf("%s: %d people, %v", words, len(list), err)
		}
		m, err := dir.Member(context.Background(), uai, list[0].Person())
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	if enora := find("enora", ids.Parent); len(enora.Children) != 2 {
		t.Errorf("Enora has %d children, want 2", len(enora.Children))
	}
	if tanguy := find("tanguy", ids.Parent); len(tanguy.Children) != 1 {
		t.Errorf("Tanguy has %d children, want 1: the birth name is the one that counts", len(tanguy.Children))
	}
	if noe := find("noe taleb", ids.Eleve); len(noe.Guardians) != 2 {
		t.Errorf("Noé has %d guardians, want the two homonyms", len(noe.Guardians))
	}
	if ronan := find("ronan", ids.Enseignant); len(ronan.Groups) != 1 {
		t.Errorf("Ronan has %d classes, want the one of two levels", len(ronan.Groups))
	}
	groups, err := dir.Groups(context.Background(), uai)
	if err != nil || len(groups) != 2 || groups[0].Name != "CM1" || groups[1].Name != "CP/CE1" {
		t.Errorf("groups %v, %v", groups, err)
	}
	for _, p := range first {
		if p.Profile == ids.Parent && len(p.Groups) == 0 {
			t.Errorf("the slip of %s is in no class", p.Login)
		}
	}
}

// TestNextYear imports changed files over the first ones.
func TestNextYear(t *testing.T) {
	for name, c := range map[string]struct {
		files    []File
		created  int
		changed  int
		doubtful []string
	}{
		"a guardian moves": {
			files: []File{
				latin1(t, "a.csv", pupilsHead, pupilLines...),
				latin1(t, "c.csv", guardiansHead, `Mme;;QUILLIVÉRÉ;Enora;12 place Ronde;29000;Autrebourg;;;;QUILLIVÉRÉ;Maïwenn;CP/CE1;;QUILLIVÉRÉ;Yoann;CP/CE1`),
			},
		},
		"a pupil changes class": {
			files:   []File{latin1(t, "a.csv", pupilsHead, `"TALEB";;"Noé";"2015-01-09";"H";;;;;"CYCLE III";"CM2";"CM2";`)},
			changed: 1,
		},
		"a pupil of the same name": {
			files:    []File{latin1(t, "a.csv", pupilsHead, `"TALEB";;"Noé";;"H";;;;;"CYCLE III";"CM2";"CM2";`)},
			created:  1,
			doubtful: []string{"roster.doubtful.nodate", "roster.doubtful.samename"},
		},
		"a homonym arrives": {
			files: []File{latin1(t, "a.csv", pupilsHead, pupilLines[3],
				`"TALEB";;"Noé";"2015-01-09";"H";;;;;"CYCLE III";"CM2";"CM2";`)},
			created:  1,
			doubtful: []string{"roster.doubtful.homonym", "roster.doubtful.homonym"},
		},
		"the head is another teacher": {
			files: []File{latin1(t, "b.csv", staffHead,
				`"MME";;"PRÉVÔT";"Solène";;;;;;;;"non";"CM1"`,
				`"M.";;"O BRADAIGH";"Ronan";;;;;"ronan@exemple.test";;;"oui";"CP/CE1"`)},
			changed:  2,
			doubtful: []string{"roster.doubtful.profile", "roster.doubtful.profile"},
		},
		"a child in another class": {
			files: []File{latin1(t, "c.csv", guardiansHead,
				`Mme;;NOUVEL;Ada;5 rue Neuve;29999;Kerfictif;;;;TALEB;Noé;CP/CE1;;;;`)},
			created:  1,
			doubtful: []string{"roster.doubtful.child", "roster.doubtful.nochild"},
		},
		"a family whose class changed since": {
			files: []File{latin1(t, "c.csv", guardiansHead, `M.;;TALEB;Sami;1 quai Neuf;29999;Kerfictif;;;;TALEB;Noé;CM2;;;;`)},
		},
		"a teacher of an unknown class": {
			files:    []File{latin1(t, "b.csv", staffHead, `"MME";;"NOUVEL";"Ada";;;;;;;;"non";"ULIS"`)},
			created:  1,
			doubtful: []string{"roster.doubtful.class"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := newSchool(t)
			apply(t, dir, readONDE(t, ondeFiles(t)...))
			r := readONDE(t, c.files...)
			report, _ := apply(t, dir, r)
			if report.Created != c.created || report.Changed != c.changed {
				t.Errorf("created %d changed %d, want %d and %d", report.Created, report.Changed, c.created, c.changed)
			}
			if got := keysOf(report.Doubtful); !slices.Equal(got, c.doubtful) {
				t.Errorf("doubtful %v, want %v", got, c.doubtful)
			}
			report, _ = apply(t, dir, r)
			if report.Created+report.Changed != 0 {
				t.Errorf("the second time: created %d changed %d", report.Created, report.Changed)
			}
		})
	}
}

// TestRefusedLinesStopAll holds all-or-nothing: one line that cannot be used
// keeps every other from being written, unless it is skipped.
func TestRefusedLinesStopAll(t *testing.T) {
	dir := newSchool(t)
	ctx := context.Background()
	r := readONDE(t, latin1(t, "a.csv", pupilsHead, pupilLines[0], `"TALEB";;"Noé";"hier";"H";;;;;"";"CP";"CP";`))
	d, err := Plan(ctx, dir, uai, r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Apply(ctx, dir, audit.By{}, nil); errors.KindOf(err) != errors.Invalid {
		t.Errorf("Apply = %v, want Invalid", err)
	}
	if n := everybody(t, dir); n != 0 {
		t.Errorf("%d people, want none", n)
	}
	d.SkipRefused()
	if _, err := d.Apply(ctx, dir, audit.By{}, nil); err != nil {
		t.Error(err)
	}
	if n := everybody(t, dir); n != 1 {
		t.Errorf("%d people, want one pupil", n)
	}
}

// TestOtherSource imports by identifier who came from ONDE: nobody is merged
// by guess, everybody is pointed out.
func TestOtherSource(t *testing.T) {
	dir := newSchool(t)
	apply(t, dir, readONDE(t, ondeFiles(t)...))
	r, err := ReadCSV([]File{{"p.csv", []byte(csvHead + "e1;eleve;Taleb;Noé;09/01/2015;CM1;;;\nr1;parent;Taleb;Sami;;;;e1;\n")}})
	if err != nil {
		t.Fatal(err)
	}
	report, _ := apply(t, dir, r)
	if report.Created != 2 {
		t.Errorf("created %d, want 2", report.Created)
	}
	if got := keysOf(report.Doubtful); !slices.Equal(got, []string{"roster.doubtful.duplicate", "roster.doubtful.samename", "roster.doubtful.samename"}) {
		t.Errorf("doubtful %v", got)
	}
}
