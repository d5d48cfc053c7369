package locale

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// german is what somebody drops in: the core's words that they translated, and
// those of one module.
func german() fs.FS {
	return fstest.MapFS{
		"de/core.json": {Data: []byte(`{"core.only":"vom Kern","date.weekdays":"Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag",
			"date.months":"Januar Februar März April Mai Juni Juli August September Oktober November Dezember","list.and":"und","number.decimal":","}`)},
		"de/devoirs.json":     {Data: []byte(`{"count":{"one":"{{.n}} Aufgabe","other":"{{.n}} Aufgaben"}}`)},
		"pl/core.json":        {Data: []byte(`{"count":{"one":"{{.n}} zadanie","few":"{{.n}} zadania","many":"{{.n}} zadań","other":"{{.n}} zadania"}}`)},
		"lisez-moi/core.json": {Data: []byte(`{}`)},
		"DE/core.json":        {Data: []byte(`{}`)},
		"es/readme.txt":       {Data: []byte(`nothing here`)},
		"fr/core.json":        {Data: []byte(`{"core.only":"un autre mot"}`)},
	}
}

func TestAThirdLanguageIsDroppedIn(t *testing.T) {
	c, err := NewWith(german(), files(`{"core.only":"du noyau","both":"noyau","list.and":"et"}`, `{"core.only":"of the core"}`))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.AddModule("devoirs", files(`{"count":{"one":"{{.n}} devoir","other":"{{.n}} devoirs"},"due":"Pour le {{.d}}"}`, `{}`)); err != nil {
		t.Fatal(err)
	}
	if got := c.Languages(); !slices.Equal(got, []string{"fr", "en", "de", "pl"}) {
		t.Errorf("languages %v", got)
	}
	if c.Name("de") != "Deutsch" || c.Name("fr") != "Français" || c.Name("pl") != "Polski" {
		t.Errorf("names %s %s %s", c.Name("de"), c.Name("fr"), c.Name("pl"))
	}
	de, pl := c.Speaker("de", paris, now).In("devoirs"), c.Speaker("pl", paris, now)
	for _, c := range []struct{ got, want string }{
		{de.T("core.only"), "vom Kern"},
		{de.T("both"), "noyau"},
		{de.T("count", "n", 1), "1 Aufgabe"},
		{de.T("count", "n", 5), "5 Aufgaben"},
		{de.T("due", "d", now), "Pour le Dienstag 3 März"},
		{de.List([]string{"Ana", "Bilal", "Chloé"}), "Ana, Bilal und Chloé"},
		{pl.T("count", "n", 1), "1 zadanie"},
		{pl.T("count", "n", 3), "3 zadania"},
		{pl.T("count", "n", 5), "5 zadań"},
		{pl.T("core.only"), "un autre mot"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	if got := c.Speaker("fr", paris, now).T("core.only"); got != "un autre mot" {
		t.Errorf("a folder of a language there is adds to it: %q", got)
	}
	if _, err := NewWith(fstest.MapFS{"de/core.json": {Data: []byte(`{"a": [`)}}); err == nil {
		t.Error("garbage is taken for a language")
	}
	if c, err := NewWith(os.DirFS(filepath.Join(t.TempDir(), "none"))); err != nil || len(c.Languages()) != 2 {
		t.Errorf("no folder: %v", err)
	}
}

func TestSchoolsOwnLabels(t *testing.T) {
	c, err := New(files(`{"core.only":"du noyau","with":"Pour {{.n}}"}`, `{}`))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.AddModule("devoirs", files(`{"devoirs.name":"Devoirs","says":"dans {{.what}}"}`, `{}`)); err != nil {
		t.Fatal(err)
	}
	c.Rename(func(school ids.SchoolID, lang string) map[Label]string {
		if school == "0750655E" && lang == "fr" {
			return map[Label]string{{Module: "devoirs", Key: "devoirs.name"}: "Cahier", {Key: "core.only"}: "à nous"}
		}
		return nil
	})
	here := c.Speaker("fr", paris, now).For("0750655E")
	for _, c := range []struct{ got, want string }{
		{here.In("devoirs").T("devoirs.name"), "Cahier"},
		{here.In("devoirs").T("says", "what", ui.T("devoirs.name")), "dans Cahier"},
		{here.T("core.only"), "à nous"},
		{here.In("autre").T("devoirs.name"), "⟦devoirs.name⟧"},
		{c.Speaker("fr", paris, now).For("0380089W").In("devoirs").T("devoirs.name"), "Devoirs"},
		{c.Speaker("en", paris, now).For("0750655E").In("devoirs").T("devoirs.name"), "Devoirs"},
		{c.Speaker("fr", paris, now).In("devoirs").T("devoirs.name"), "Devoirs"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestFrenchSpaces(t *testing.T) {
	for in, want := range map[string]string{
		"Vraiment ?":              "Vraiment\u202f?",
		"Oui ! Non ; si":          "Oui\u202f! Non\u202f; si",
		"Classe : 5e B":           "Classe\u00a0: 5e B",
		"8 h : français, 14 h 30": "8\u00a0h\u00a0: français, 14\u00a0h\u00a030",
		"8 heures, 3 hectares":    "8 heures, 3 hectares",
		"loi n° 2005-102":         "loi n°\u00a02005-102",
		"à 20 ° au-dessus":        "à 20 ° au-dessus",
		"agrandi à 200 %, 5%":     "agrandi à 200\u00a0%, 5%",
		"« Maths » : à rendre ?":  "«\u00a0Maths\u00a0»\u00a0: à rendre\u202f?",
		"https://x.fr/?a=1;b":     "https://x.fr/?a=1;b",
		"à 14:30":                 "à 14:30",
		"Déjà\u00a0!":             "Déjà\u202f!",
		"« {{.name}} »":           "«\u00a0{{.name}}\u00a0»",
		"fin de ligne\n: suite":   "fin de ligne\n: suite",
		"":                        "",
		"?":                       "?",
	} {
		if got := french(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
		if again := french(french(in)); again != want {
			t.Errorf("%q twice became %q", in, again)
		}
	}
	c, err := New(files(`{ "a" : "Oui !", "n" : {"one":"Un ?","other":"{{.n}} ?"} }`, `{"a":"Yes !"}`))
	if err != nil {
		t.Fatal(err)
	}
	fr, en := c.Speaker("fr", paris, now), c.Speaker("en", paris, now)
	if fr.T("a") != "Oui\u202f!" || fr.T("n", "n", 5) != "5\u202f?" || en.T("a") != "Yes !" {
		t.Errorf("%q %q %q", fr.T("a"), fr.T("n", "n", 5), en.T("a"))
	}
}

// glued is a sign that French writes after a space, without one: "Bonjour!".
// Addresses, times and code have signs of their own.
var glued = regexp.MustCompile(`\p{L}[!?;](\s|$)|\p{L}:\s|«[^\x{a0}]|[^\x{a0}]»`)

// open is a space that a line may be broken at, where French has none.
var open = regexp.MustCompile(` [;!?:»]|« `)

// TestFrenchOfEveryCatalogue reads every French catalogue of the repository as
// the catalogue does.
func TestFrenchOfEveryCatalogue(t *testing.T) {
	found := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{"node_modules", ".git", "bin", "data", "artefacts", "testdata", "template"}, d.Name()) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(filepath.ToSlash(path), "/locales/fr.json") {
			return nil
		}
		found++
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var all any
		if err := decodeFrench(src, &all); err != nil {
			return err
		}
		texts(all, func(key, text string) {
			plain := code.ReplaceAllString(text, "")
			if m := open.FindString(plain); m != "" {
				t.Errorf("%s: %s: %q can be broken in %q", path, key, m, text)
			}
			if m := glued.FindString(plain); m != "" {
				t.Errorf("%s: %s: no space at %q in %q", path, key, m, text)
			}
		})
		return nil
	})
	if err != nil || found < 10 {
		t.Fatalf("%d catalogues: %v", found, err)
	}
}

// code is what is no French inside a text: Markdown's code, an address.
var code = regexp.MustCompile("(?s)```.*?```|`[^`]*`|https?://\\S+|\\{\\{[^}]*\\}\\}")

func texts(v any, see func(key, text string)) {
	all, _ := v.(map[string]any)
	for k, one := range all {
		if text, ok := one.(string); ok {
			see(k, text)
			continue
		}
		texts(one, func(_, text string) { see(k, text) })
	}
}
