package locale

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

var (
	paris, _ = time.LoadLocation("Europe/Paris")
	now      = time.Date(2026, 3, 3, 9, 40, 0, 0, paris)
)

func files(fr, en string) fs.FS {
	return fstest.MapFS{"locales/fr.json": {Data: []byte(fr)}, "locales/en.json": {Data: []byte(en)}}
}

func speaker(t *testing.T, lang string) *Speaker {
	t.Helper()
	c, err := New(files(`{"core.only":"du noyau","both":"noyau"}`, `{"core.only":"of the core","both":"core"}`))
	if err != nil {
		t.Fatal(err)
	}
	err = c.AddModule("devoirs", files(
		`{"both":"module","due":"Pour le {{.d}}","count":{"one":"{{.n}} devoir","other":"{{.n}} devoirs"},"who":"de {{.who}}"}`,
		`{"both":"module","due":"Due {{.d}}","count":{"one":"{{.n}} task","other":"{{.n}} tasks"}}`))
	if err != nil {
		t.Fatal(err)
	}
	return c.Speaker(lang, paris, now).In("devoirs")
}

func TestWordsAreLookedUpInModuleThenCore(t *testing.T) {
	s := speaker(t, "fr")
	for _, c := range []struct {
		words *ui.Words
		want  string
	}{
		{nil, ""},
		{ui.S("tel {{.quel}}"), "tel {{.quel}}"},
		{ui.T("both"), "module"},
		{ui.T("core.only"), "du noyau"},
		{ui.T("nobody.knows"), "⟦nobody.knows⟧"},
		{ui.T("count", "n", 0), "0 devoir"},
		{ui.T("count", "n", 1), "1 devoir"},
		{ui.T("count", "n", 12345), "12\u202f345 devoirs"},
		{ui.T("who", "who", ui.T("both")), "de module"},
		{ui.T("due", "d", now), "Pour le mardi 3 mars"},
		{ui.T("due", "d", ui.Time(now.Add(5*time.Hour-10*time.Minute), ui.DateTime)), "Pour le mardi 3 mars, 14\u00a0h\u00a030"},
		{ui.T("due", "d", ui.Time(now, ui.Clock)), "Pour le 9\u00a0h\u00a040"},
		{ui.T("due", "d", time.Date(2027, 4, 1, 22, 30, 0, 0, time.UTC)), "Pour le vendredi 2 avril 2027"},
	} {
		if got := s.Text(c.words); got != c.want {
			t.Errorf("%v = %q, want %q", c.words, got, c.want)
		}
	}
	if got := s.In("").T("both"); got != "noyau" {
		t.Errorf("the core's own word is %q", got)
	}
	en := speaker(t, "en")
	if got := en.T("count", "n", 0); got != "0 tasks" {
		t.Errorf("English plural: %q", got)
	}
	if got := en.T("who", "who", "x"); got != "de x" {
		t.Errorf("a key missing in English is %q, want the French", got)
	}
	if got := speaker(t, "de").T("core.only"); got != "du noyau" {
		t.Errorf("an unknown language is %q, want French", got)
	}
}

func TestRunawayWordsEnd(t *testing.T) {
	w := ui.S("x")
	for range 100 {
		w = ui.T("who", "who", w)
	}
	if got := speaker(t, "fr").Text(w); len(got) > 100 {
		t.Errorf("nested too far: %q", got)
	}
}

func TestDatesAsPeopleSayThem(t *testing.T) {
	s := speaker(t, "fr")
	at := func(days, h, m int) time.Time { return time.Date(2026, 3, 3+days, h, m, 0, 0, paris) }
	for _, c := range []struct{ got, want string }{
		{s.Day(at(0, 23, 0)), "aujourd’hui"},
		{s.Day(at(1, 0, 0)), "demain"},
		{s.Day(at(-1, 23, 59)), "hier"},
		{s.Day(at(2, 8, 0)), "jeudi 5 mars"},
		{s.When(at(1, 8, 0)), "demain, 8\u00a0h"},
		{s.When(at(1, 0, 0)), "demain"},
		{s.When(at(1, 23, 59)), "demain"},
		{s.Date(time.Date(2026, 5, 1, 0, 0, 0, 0, paris)), "vendredi 1er mai"},
		{s.ShortDate(at(0, 0, 0)), "mar. 3 mars"},
		{s.Month(at(0, 0, 0)), "mars 2026"},
		{s.FullDate(at(0, 0, 0)), "3 mars 2026"},
		{s.Day(at(27, 3, 0)), "lundi 30 mars"}, // the day after the clocks change
		{speaker(t, "en").DateTime(at(0, 8, 5)), "Tuesday 3 March, 8:05"},
		{speaker(t, "en").Day(at(1, 8, 5)), "tomorrow"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestFigures(t *testing.T) {
	s := speaker(t, "fr")
	for _, c := range []struct{ got, want string }{
		{s.Number(12.5), "12,5"}, {s.Number(-0.001), "0"}, {s.Number(-3), "−3"}, {s.Number(1e300), "–"}, {s.Number(8), "8"},
		{s.Integer(1234), "1234"}, {s.Integer(-1234567), "−1\u202f234\u202f567"},
		{s.Size(0), "0\u00a0o"}, {s.Size(999), "999\u00a0o"}, {s.Size(1_234_567), "1,2\u00a0Mo"}, {s.Size(184_000), "184\u00a0Ko"}, {s.Size(-5), "0\u00a0o"},
		{s.List(nil), ""}, {s.List([]string{"Ana"}), "Ana"}, {s.List([]string{"Ana", "Bilal", "Chloé"}), "Ana, Bilal et Chloé"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestBrokenCatalogueIsRefused(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.AddModule("x", files(`{"a": [1]`, `{}`)); errors.KindOf(err) != errors.Invalid {
		t.Errorf("got %v, want an Invalid error", err)
	}
	if err := c.AddModule("y", fstest.MapFS{}); err != nil {
		t.Errorf("a module without words: %v", err)
	}
	c.RemoveModule("y")
}

// TestEveryLanguageHasEveryKey reads every catalogue of the repository: the
// core's parts, the modules', the examples'.
func TestEveryLanguageHasEveryKey(t *testing.T) {
	found := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{"node_modules", ".git", "bin", "data", "artefacts", "testdata", "template"}, d.Name()) {
			return filepath.SkipDir
		}
		if !d.IsDir() || d.Name() != "locales" {
			return nil
		}
		found++
		fr, en := keys(t, path+"/fr.json"), keys(t, path+"/en.json")
		for _, k := range fr {
			if !slices.Contains(en, k) {
				t.Errorf("%s: %s is missing in English", path, k)
			}
		}
		for _, k := range en {
			if !slices.Contains(fr, k) {
				t.Errorf("%s: %s is missing in French", path, k)
			}
		}
		return nil
	})
	if err != nil || found < 2 {
		t.Fatalf("found %d catalogues: %v", found, err)
	}
}

func keys(t *testing.T, file string) (names []string) {
	src, err := os.ReadFile(file)
	if err != nil {
		t.Error(err)
		return nil
	}
	var all map[string]any
	if err := json.Unmarshal(src, &all); err != nil {
		t.Errorf("%s: %v", file, err)
	}
	for k, v := range all {
		names = append(names, k)
		if text, ok := v.(string); ok && text == "" {
			t.Errorf("%s: %s is empty", file, k)
		}
	}
	return names
}

func BenchmarkText(b *testing.B) {
	c, err := New()
	if err != nil {
		b.Fatal(err)
	}
	s := c.Speaker("fr", paris, now)
	w := ui.T("error.notfound")
	for b.Loop() {
		_ = s.Text(w)
	}
}

func TestErrorWithoutWordsSaysItsKind(t *testing.T) {
	say := speaker(t, "fr")
	if got, want := say.Error(errors.New(errors.Timeout, "host.inner.detail")), say.T("error.timeout"); got != want {
		t.Errorf("a key without words gave %q, want %q", got, want)
	}
}
