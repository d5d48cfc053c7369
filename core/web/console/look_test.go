package console

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/sdk/errors"
)

func TestLookIsTriedBeforeItIsKept(t *testing.T) {
	b := newBench(t)
	page := b.ok("yann", "GET", lookPath)
	has(t, "page", page, "École", "Lycée", "Contraste", "Voir sans enregistrer", `type="color"`, "Un exemple de chaque chose")

	// The script asks for a stylesheet.
	var said tried
	b.must(json.Unmarshal([]byte(b.ok("yann", "GET", lookPath+"/essai?theme=ecole&couleur=autre&teinte=%23ffee00&densite=aeree")), &said))
	file, ok := b.Themes.Get(strings.TrimPrefix(said.Stylesheet, "/assets/"))
	if !ok || !strings.Contains(string(file.Body), "Andika") {
		t.Errorf("%q is not the stylesheet of the theme", said.Stylesheet)
	}
	if _, ok := b.Themes.Get(strings.TrimPrefix(said.Logo, "/assets/")); !ok || said.Logo == "" {
		t.Errorf("the theme's logo %q is not served", said.Logo)
	}
	if !strings.Contains(said.Note, "#ffee00") || !strings.Contains(said.Note, "la nuance lisible la plus proche") {
		t.Errorf("a pale yellow: %q", said.Note)
	}
	b.must(json.Unmarshal([]byte(b.ok("yann", "GET", lookPath+"/essai?theme=preau&couleur=autre&teinte=%23702040")), &said))
	if said.Note != "La couleur #702040 est dessinée telle quelle." {
		t.Errorf("a dark red: %q", said.Note)
	}

	// Without a script the second button draws the page so.
	a, err := b.visit("yann", "POST", lookPath, "theme", "lycee", "couleur", "autre", "teinte", "#702040", "densite", "serree", "essai", "1")
	b.must(err)
	want, err := b.Themes.For(theme.Look{Pack: "lycee", Colour: "#702040", Density: theme.Dense})
	b.must(err)
	if a.Status != 200 || a.Sheet == nil || a.Sheet.Path != want.Path {
		t.Errorf("tried: %d %+v", a.Status, a.Sheet)
	}
	has(t, "tried", b.show(a, "fr"), "il n’est pas enregistré", `value="#702040"`)
	if look, _ := b.Look(t.Context(), college); look.Pack != "" || look.Colour != "" {
		t.Errorf("a trial was kept: %+v", look)
	}

	// Kept.
	b.ok("yann", "POST", lookPath, "theme", "lycee", "couleur", "autre", "teinte", "#702040", "densite", "serree")
	if look, _ := b.Look(t.Context(), college); look.Look != (theme.Look{Pack: "lycee", Colour: "#702040", Density: theme.Dense}) {
		t.Errorf("kept: %+v", look)
	}
	if other, _ := b.Look(t.Context(), lycee); other.Pack != "" {
		t.Errorf("the other school wears it too: %+v", other)
	}
}

// TestAProgramGivesALook: what there is not is refused and changes nothing.
func TestAProgramGivesALook(t *testing.T) {
	b := newBench(t)
	want := theme.Look{Pack: "lycee", Density: theme.Dense}
	b.must(b.Wear(t.Context(), audit.By{}, college, want))
	for _, wrong := range []theme.Look{{Pack: "x"}, {Colour: "red"}, {Density: "x"}} {
		if err := b.Wear(t.Context(), audit.By{}, college, wrong); errors.KindOf(err) != errors.Invalid {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	if look, err := b.Look(t.Context(), college); err != nil || look.Look != want {
		t.Errorf("the school wears %+v, %v", look, err)
	}
}

func TestWhoMayTryALook(t *testing.T) {
	b := newBench(t)
	for _, login := range []string{"ana", "paul", "lea", "vera"} {
		b.refuses(login, "GET", lookPath, errors.Denied)
		b.refuses(login, "GET", lookPath+"/essai?theme=ecole", errors.Denied)
		b.refuses(login, "POST", lookPath, errors.Denied, "theme", "ecole")
	}
	for _, query := range []string{"theme=../x", "theme=preau&couleur=red", "theme=preau&couleur=autre&teinte=%23fff%7D", "theme=preau&densite=x"} {
		b.refuses("yann", "GET", lookPath+"/essai?"+query, errors.Invalid)
	}
}
