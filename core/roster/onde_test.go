package roster

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/preau-ent/preau/sdk/ids"
)

func TestReadONDE(t *testing.T) {
	r, err := ReadONDE(ondeFiles(t))
	if err != nil {
		t.Fatal(err)
	}
	for profile, want := range map[ids.Profile]int{ids.Eleve: 4, ids.Direction: 1, ids.Enseignant: 1, ids.Parent: 4} {
		if got := r.Count(profile); got != want {
			t.Errorf("%s: %d, want %d", profile, got, want)
		}
	}
	first := r.People[0]
	if first.Name() != "QUILLIVÉRÉ Enora" || len(first.Children) != 2 || first.At != (Place{"c.csv", 2}) {
		t.Errorf("first = %+v", first)
	}
	zoe := r.People[slices.IndexFunc(r.People, func(p Person) bool { return p.FirstName == "Zoé" })]
	if zoe.LastName != "LE BIHAN" || zoe.BirthName != "D'ORVAULT" || zoe.Birth != "2015-11-11" {
		t.Errorf("Zoé = %+v", zoe)
	}
}

// TestReadONDEEncodings reads one export in every encoding that schools send
// and expects the same people.
func TestReadONDEEncodings(t *testing.T) {
	want, err := ReadONDE(ondeFiles(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func([]byte) []byte{
		"utf-8":       func(b []byte) []byte { return b },
		"utf-8 mark":  func(b []byte) []byte { return append(slices.Clone(bom), b...) },
		"unix lines":  func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")) },
		"mac lines":   func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\r")) },
		"no quotes":   func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(`"`), nil) },
		"empty lines": func(b []byte) []byte { return append(slices.Clone(b), "\r\n\r\n"...) },
	} {
		var files []File
		for _, f := range ondeFiles(t) {
			text, err := charmap.ISO8859_1.NewDecoder().Bytes(f.Data)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, File{f.Name, change(text)})
		}
		got, err := ReadONDE(files)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(got.People) != len(want.People) {
			t.Errorf("%s: %d people, want %d", name, len(got.People), len(want.People))
			continue
		}
		for i := range got.People {
			if got.People[i].Key != want.People[i].Key {
				t.Errorf("%s: %+v, want %+v", name, got.People[i], want.People[i])
			}
		}
	}
}

// TestONDEEndsWithoutLineEnd holds that the last pupil of a real export, which
// has no line end, is not lost.
func TestONDEEndsWithoutLineEnd(t *testing.T) {
	f := latin1(t, "a.csv", pupilsHead, pupilLines...)
	f.Data = bytes.TrimRight(f.Data, "\r\n")
	r, err := ReadONDE([]File{f})
	if err != nil || len(r.People) != len(pupilLines) {
		t.Errorf("%d people, %v, want %d", len(r.People), err, len(pupilLines))
	}
}

func TestONDERefusedWhole(t *testing.T) {
	good := latin1(t, "a.csv", pupilsHead, pupilLines...)
	utf8, err := charmap.ISO8859_1.NewDecoder().Bytes(good.Data)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(utf8)
	if err != nil {
		t.Fatal(err)
	}
	twice, err := charmap.ISO8859_1.NewDecoder().Bytes(utf8) // UTF-8 read as ISO-8859-1
	if err != nil {
		t.Fatal(err)
	}
	mac, err := charmap.Macintosh.NewEncoder().Bytes(utf8)
	if err != nil {
		t.Fatal(err)
	}
	lines := func(l ...string) []byte { return latin1(t, "", pupilsHead, l...).Data }
	for name, c := range map[string]struct {
		data []byte
		line int
		key  string
	}{
		"empty":           {nil, 1, "roster.refused.empty"},
		"blank":           {[]byte("\r\n \r\n"), 1, "roster.refused.empty"},
		"header only":     {lines(), 1, "roster.refused.norows"},
		"utf-16":          {utf16, 1, "roster.refused.utf16"},
		"twice encoded":   {twice, 1, "roster.refused.encoding"},
		"macintosh":       {mac, 1, "roster.refused.encoding"},
		"lost letters":    {bytes.Replace(utf8, []byte("Zoé"), []byte("Zo\uFFFD"), 1), 4, "roster.refused.lost"},
		"a zip":           {[]byte("PK\x03\x04\x14\x00"), 1, "roster.refused.binary"},
		"another file":    {[]byte("Produit;Prix\npomme;2\n"), 1, "roster.refused.notonde"},
		"no birth column": {bytes.Replace(good.Data, []byte("Date naissance"), []byte("Jour"), 1), 1, "roster.refused.column"},
		"cut in a line":   {good.Data[:len(good.Data)-60], 5, "roster.refused.cutquote"},
		"cut at a column": {lines(pupilLines[0], `"TALEB";;"Noé"`), 3, "roster.refused.cut"},
		"cut in a word":   {bytes.TrimRight(lines(strings.ReplaceAll(pupilLines[0], `"`, ``)+"CE"), "\r\n"), 2, "roster.refused.noend"},
		"a column more":   {lines(pupilLines[0], pupilLines[1]+`;"x"`), 3, "roster.refused.wide"},
		"stray quote":     {lines(`"QUILLI"VÉRÉ";;"Maïwenn"`, pupilLines[1]), 2, "roster.refused.quote"},
	} {
		r, err := ReadONDE([]File{latin1(t, "b.csv", staffHead, staffLines...), {"a.csv", c.data}})
		why, ok := RefusalOf(err)
		if !ok || why.Key != c.key || why.Place != (Place{"a.csv", c.line}) {
			t.Errorf("%s: %v, %+v, want %s on line %d", name, err, r, c.key, c.line)
		}
	}
}

// TestCutAnywhere cuts every file at every byte: what is left is refused, or
// ends where a line of the whole file ends.
func TestCutAnywhere(t *testing.T) {
	for _, f := range ondeFiles(t) {
		whole, err := ReadONDE([]File{f})
		if err != nil {
			t.Fatal(err)
		}
		for n := range f.Data {
			r, err := ReadONDE([]File{{f.Name, f.Data[:n]}})
			if err != nil {
				continue
			}
			if rest := f.Data[n:]; rest[0] != '\r' && rest[0] != '\n' && !bytes.HasSuffix(f.Data[:n], []byte("\r\n")) && !lastIsEmpty(f.Data[:n]) {
				t.Errorf("%s cut before %.20q was read: %d of %d people", f.Name, rest, len(r.People), len(whole.People))
			}
		}
	}
}

// lastIsEmpty reports a text that ends with a separator: where it is cut just
// before the value of the last column, nothing shows it.
func lastIsEmpty(b []byte) bool { return bytes.HasSuffix(b, []byte(";")) }

func TestHomonyms(t *testing.T) {
	same := []string{
		`"TALEB";;"Noé";"2015-01-09";"H";;;;;"CYCLE III";"CM1";"CM1";`,
		`"TALEB";;"Noé";"2015-01-09";"H";;;;;"CYCLE III";"CM2";"CM2";`,
	}
	keys := func(lines ...string) []string {
		r, err := ReadONDE([]File{latin1(t, "a.csv", pupilsHead, lines...)})
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for _, p := range r.People {
			keys = append(keys, p.Key)
		}
		slices.Sort(keys)
		return keys
	}
	forth, back := keys(same[0], same[1]), keys(same[1], same[0])
	if len(forth) != 2 || forth[0] == forth[1] || !slices.Equal(forth, back) {
		t.Errorf("keys %v and %v", forth, back)
	}
	if once := keys(same[0], same[0]); len(once) != 1 {
		t.Errorf("one pupil on two lines became %v", once)
	}
}

func TestGuardianOnTwoLinesIsOne(t *testing.T) {
	r, err := ReadONDE([]File{latin1(t, "c.csv", guardiansHead,
		`Mme;;QUILLIVÉRÉ;Enora;3 rue du Lavoir;29999;Kerfictif;;;;QUILLIVÉRÉ;Maïwenn;CP;;;;`,
		`Mme;;Quillivere;Énora;3, rue du Lavoir;29999;KERFICTIF;;;;QUILLIVÉRÉ;Yoann;CE1;;;;`,
		`M.;;QUILLIVÉRÉ;Enora;3 rue du Lavoir;29999;Kerfictif;;;;QUILLIVÉRÉ;Yoann;CE1;;;;`)})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.People) != 2 || len(r.People[0].Children) != 2 || !slices.Equal(keysOf(r.Doubtful), []string{"roster.doubtful.twice"}) {
		t.Errorf("people %+v, doubtful %v", r.People, r.Doubtful)
	}
}

func TestRefusedLines(t *testing.T) {
	r, err := ReadONDE([]File{latin1(t, "a.csv", pupilsHead,
		`"";;"Maïwenn";"2017-03-02";"F";;;;;"";"CP";"CP";`,
		`"TALEB";;"Noé";"2017-02-31";"H";;;;;"";"CP";"CP";`,
		pupilLines[0])})
	if err != nil {
		t.Fatal(err)
	}
	if got := keysOf(r.Refused); !slices.Equal(got, []string{"roster.refused.noname", "roster.refused.date"}) || len(r.People) != 1 {
		t.Errorf("refused %v, %d people", got, len(r.People))
	}
	if r.Refused[1].Line != 3 {
		t.Errorf("line %d, want 3", r.Refused[1].Line)
	}
}
