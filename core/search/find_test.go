package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

func TestWordsAreForgiven(t *testing.T) {
	s := newSite(t)
	s.shop.put(school, "devoirs",
		doc("recit", "Récit d'une page", "Racontez une **rencontre** au bord de l'océan."),
		doc("fractions", "Exercices sur les fractions", "Page 42, n° 3 et 4. Calculs de dénominateurs."),
		doc("cheval", "Les chevaux au Moyen Âge", "Exposé : l'écuyer et le chevalier."),
		doc("eleve", "Règlement", "À signer par les élèves."))
	s.fill(t)
	for words, want := range map[string]string{
		"récit":                 "recit",
		"recit":                 "recit",
		"RÉCIT PAGE":            "recit",
		"recti":                 "recit", // swapped
		"récti page":            "recit",
		"l'océan":               "recit",
		"ocean rencontres":      "recit",
		"exercice fraction":     "fractions", // singular
		"exercise fractions":    "fractions", // wrong letter
		"fracions":              "fractions", // missing letter
		"denominateur":          "fractions",
		"dénomminateurs calcul": "fractions",
		"cheval":                "cheval", // irregular plural
		"moyen age":             "cheval",
		"les chevaux":           "cheval",
		"chevalier expose":      "cheval",
		"frac":                  "fractions", // as one types
		"elèves signer":         "eleve",
		"devoir récit":          "recit", // by its kind
	} {
		if got := s.finds(t, lea, words); len(got) == 0 || got[0] != want {
			t.Errorf("%q finds %v, want %s first", words, got, want)
		}
	}
	for _, words := range []string{"", "   ", "?!", "xylophone", "zzz récit chevaux fractions", "\x00\xff", "*", "récit~2 OR 1=1"} {
		_ = s.finds(t, lea, words) // whatever it is, it is words
	}
	if got := s.finds(t, lea, "xylophone"); len(got) != 0 {
		t.Errorf("xylophone finds %v", got)
	}
}

func TestSomeOfTheWords(t *testing.T) {
	s := newSite(t)
	s.shop.put(school, "devoirs", doc("a", "Contrôle de géographie", ""), doc("b", "Exposé de géographie", ""))
	s.fill(t)
	ask := Ask{School: school, Viewer: lea, Words: "géographie xylophone", Open: map[string][]ids.Permission{"devoirs": {"devoirs.read"}}}
	found, err := s.Find(t.Context(), ask)
	if err != nil || !found.Loose || found.Total != 2 {
		t.Errorf("%+v, %v: want both, loosely", found, err)
	}
	ask.Words = "géographie contrôle"
	if found, err = s.Find(t.Context(), ask); err != nil || found.Loose || found.Total != 1 {
		t.Errorf("%+v, %v: want one, exactly", found, err)
	}
}

// A word that is found as it is written is not the one that is wrong.
func TestTheOtherWordIsWrong(t *testing.T) {
	s := newSite(t)
	s.shop.put(school, "devoirs", doc("a", "Récit", ""), doc("b", "Récif", ""))
	s.fill(t)
	if got := s.finds(t, lea, "récit xylophone"); !slices.Equal(got, []string{"a"}) {
		t.Errorf("found %v, want only the one that has the word", got)
	}
	if got := s.finds(t, lea, "recis xylophone"); len(got) != 2 {
		t.Errorf("found %v, want both: neither is what was written", got)
	}
}

func TestOnlyWhatOneMaySee(t *testing.T) {
	s := newSite(t)
	s.shop.version["agenda"] = "1"
	s.shop.put(school, "devoirs", doc("hidden", "Contrôle secret", ""))
	s.shop.put(school, "agenda", doc("nowhere", "Contrôle sans page", ""))
	s.shop.goods[school]["agenda"][0].Path = "/nowhere"
	s.shop.put(other, "devoirs", doc("elsewhere", "Contrôle ailleurs", ""))
	s.fill(t)
	if err := s.work(t.Context(), other, func(string, int) {}); err != nil {
		t.Fatal(err)
	}
	if got := s.finds(t, lea, "contrôle"); !slices.Equal(got, []string{"hidden"}) {
		t.Errorf("a pupil of the class finds %v", got)
	}
	if got := s.finds(t, tom, "contrôle"); len(got) != 0 {
		t.Errorf("a pupil of another class finds %v", got)
	}
	for name, open := range map[string]map[string][]ids.Permission{
		"switched off":      {"agenda": {"agenda.read"}},
		"no permission":     {"devoirs": {"devoirs.set"}},
		"nothing":           {},
		"another's":         {"agenda": {"devoirs.read"}},
		"nothing of theirs": {"devoirs": nil},
	} {
		found, err := s.Find(t.Context(), Ask{School: school, Viewer: lea, Words: "contrôle", Open: open})
		if err != nil || found.Total != 0 || len(found.Groups) != 0 {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
	}
}

func TestExcerpt(t *testing.T) {
	s := newSite(t)
	s.shop.put(school, "devoirs", doc("a", "Récit", "Bonjour à toutes et à tous, voici la consigne pour la semaine qui vient et pour celle d'après : racontez l'une de vos **Rencontres** au bord de l'**océan**, voir [la fiche](https://a.example) ou fiche_2.pdf, en deux pages au plus, avec un plan."))
	s.fill(t)
	found, err := s.Find(t.Context(), Ask{School: school, Viewer: lea, Words: "recit rencontres", Open: map[string][]ids.Permission{"devoirs": {"devoirs.read"}}})
	if err != nil || found.Total != 1 {
		t.Fatalf("%+v, %v", found, err)
	}
	want := "… la semaine qui vient et pour celle d'après : racontez l'une de vos Rencontres au bord de l'océan, voir la fiche (https://a.example) ou fiche_2.pdf, …"
	if got := found.Groups[0].Hits[0].Excerpt; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for _, text := range []string{"", "é", "œ", "\xff", "récit"} {
		if got := excerpt(text, "Récit", []word{{"recit", "recit"}}); got != "" {
			t.Errorf("excerpt of %q: %q", text, got)
		}
	}
}

func TestGuardianSeesWhichChild(t *testing.T) {
	s := newSite(t)
	d := doc("a", "Dictée", "")
	d.Audience = append(d.Audience, &wire.Audience{Groups: []string{"6A"}, Guardians: true})
	s.shop.put(school, "devoirs", d)
	s.fill(t)
	mother := &wire.Viewer{Person: "m", Profile: "parent", Children: []*wire.Child{
		{Person: "lea", Groups: groupsOf([]string{"6A"})}, {Person: "tom", Groups: groupsOf([]string{"6B"})}}}
	found, err := s.Find(t.Context(), Ask{School: school, Viewer: mother, Words: "dictee", Open: map[string][]ids.Permission{"devoirs": {"devoirs.read"}}})
	if err != nil || found.Total != 1 || !slices.Equal(found.Groups[0].Hits[0].Children, []ids.PersonID{"lea"}) {
		t.Errorf("%+v, %v", found, err)
	}
}

// Page after page of one source shows every hit once, also when those of these
// days come first on theirs.
func TestPagesShowEachHitOnce(t *testing.T) {
	s := newSite(t)
	for i := range 130 {
		d := doc(fmt.Sprintf("d%03d", i), "Dictée "+strings.Repeat("de mots ", i%7), "")
		d.When = timestamppb.New(noon.AddDate(0, 0, i%50-25))
		s.shop.put(school, "devoirs", d)
	}
	s.fill(t)
	seen := map[string]int{}
	ask := Ask{School: school, Viewer: lea, Words: "dictée", In: "devoirs", Each: 20, Open: map[string][]ids.Permission{"devoirs": {"devoirs.read"}}}
	for ask.From = 0; ask.From < 140; ask.From += 20 {
		found, err := s.Find(t.Context(), ask)
		if err != nil || found.Total != 130 {
			t.Fatalf("from %d: %+v, %v", ask.From, found, err)
		}
		for _, g := range found.Groups {
			for _, h := range g.Hits {
				seen[h.Id]++
			}
		}
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s is on %d pages", id, n)
		}
	}
	if len(seen) != 130 {
		t.Errorf("%d are on some page, want 130", len(seen))
	}
	ask.From = 200
	if found, err := s.Find(t.Context(), ask); err != nil || len(found.Groups) != 0 {
		t.Errorf("beyond the last page: %+v, %v", found, err)
	}
}
