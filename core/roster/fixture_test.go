package roster

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

const (
	pupilsHead    = `"Nom Elève";"Nom d'usage Elève";"Prénom Elève";"Date naissance";"Sexe";"Adresse1";"Cp1";"Commune1";"Pays1";" Cycle";"Niveau";"Classe";"Décision de passage"`
	staffHead     = `"Civilité";"Nom usage";"Nom";"Prénom";"Adresse";"CP";"Commune";"Pays";"Courriel";"Téléphone domicile";"Téléphone portable";"Directeur";"Classe"`
	guardiansHead = `Civilité Responsable;Nom usage responsable;Nom responsable;Prénom responsable;Adresse responsable;CP responsable;Commune responsable;Pays;Courriel;Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants;Nom d'usage enfant;Nom de famille enfant;Prénom enfant;Classes enfants`
)

var pupilLines = []string{
	`"QUILLIVÉRÉ";;"Maïwenn";"2017-03-02";"F";;;;;"CYCLE II";"CP";"CP/CE1";`,
	`"QUILLIVÉRÉ";;"Yoann";"2016-05-30";"H";;;;;"CYCLE II";"CE1";"CP/CE1";`,
	`"D'ORVAULT";"LE BIHAN";"Zoé";"2015-11-11";"F";;;;;"CYCLE III";"CM1";"CM1";`,
	`"TALEB";;"Noé";"2015-01-09";"H";;;;;"CYCLE III";"CM1";"CM1";`,
}

var staffLines = []string{
	`"MME";;"PRÉVÔT";"Solène";;;;;;;;"oui";"CM1"`,
	`"M.";;"O BRADAIGH";"Ronan";;;;;"ronan@exemple.test";;;"non";"CP/CE1"`,
}

var guardianLines = []string{
	`Mme;;QUILLIVÉRÉ;Enora;3 rue du Lavoir;29999;Kerfictif;;;;QUILLIVERE;Maïwenn;CP/CE1;;Quilliveré;YOANN;CP/CE1`,
	`M.;;D'ORVAULT;Tanguy;9 impasse Verte;29999;Kerfictif;;;LE BIHAN;D'ORVAULT;Zoé;CM1;;;;`,
	`M.;;TALEB;Sami;1 quai Neuf;29999;Kerfictif;;;;TALEB;Noé;CM1;;;;`,
	`M.;;TALEB;Sami;77 route Haute;29998;Portfictif;;;;TALEB;Noé;CM1;;;;`,
}

// latin1 is a file as ONDE writes it.
func latin1(t testing.TB, name, head string, lines ...string) File {
	t.Helper()
	text, err := charmap.ISO8859_1.NewEncoder().String(strings.Join(append([]string{head}, lines...), "\r\n") + "\r\n")
	if err != nil {
		t.Fatal(err)
	}
	return File{Name: name, Data: []byte(text)}
}

func ondeFiles(t testing.TB) []File {
	return []File{
		latin1(t, "c.csv", guardiansHead, guardianLines...),
		latin1(t, "a.csv", pupilsHead, pupilLines...),
		latin1(t, "b.csv", staffHead, staffLines...),
	}
}

const uai = ids.SchoolID("9990003Z")

// newSchool is an empty school in a store of its own.
func newSchool(t testing.TB) *identity.Service {
	t.Helper()
	engine, err := bolt.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	service, err := identity.New(identity.Config{Engine: engine, Audit: audit.New(engine, nil)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(service.Close)
	if _, err := service.AddSchool(context.Background(), audit.By{}, identity.School{ID: uai, Name: "École fictive", Kind: identity.Ecole}); err != nil {
		t.Fatal(err)
	}
	return service
}

// apply imports the roster and returns the report and the first passwords.
func apply(t testing.TB, dir Directory, r *Roster) (*Report, []identity.FirstPassword) {
	t.Helper()
	d, err := Plan(context.Background(), dir, uai, r)
	if err != nil {
		t.Fatal(err)
	}
	first, err := d.Apply(context.Background(), dir, audit.By{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d.Report, first
}

func keysOf(list []Remark) []string {
	var keys []string
	for _, r := range list {
		keys = append(keys, r.Key)
	}
	return keys
}
