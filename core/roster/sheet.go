package roster

import (
	"cmp"
	_ "embed"
	"encoding/csv"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// Sheet is what a school prints and cuts: one slip for each new account.
type Sheet struct {
	School  string // its name
	Address string // where to sign in
	Lang    string // of the words: "fr"
	People  []identity.FirstPassword
}

// Words returns the text of a translation key; the catalogue's speaker has one.
type Words func(key string, args ...any) string

//go:embed sheet.html
var sheetHTML string

var sheetPage = template.Must(template.New("sheet").Funcs(template.FuncMap{"say": func(string) string { return "" }}).Parse(sheetHTML))

// slips are the slips of one class, which begin a page of their own.
type slips struct {
	Class  string // empty: of nobody's class
	People []identity.FirstPassword
}

// WriteHTML writes one page in A4 without any outside resource.
func (s Sheet) WriteHTML(w io.Writer, say Words) error {
	page, err := sheetPage.Clone()
	if err != nil {
		return err
	}
	page.Funcs(template.FuncMap{"say": func(key string) string { return say(key) }})
	return page.Execute(w, struct {
		Sheet
		Classes []slips
	}{s, s.classes()})
}

// WriteCSV writes the same as a table, UTF-8 with the mark that makes
// spreadsheets read it so.
func (s Sheet) WriteCSV(w io.Writer, say Words) error {
	if _, err := w.Write(bom); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma = ';'
	out.UseCRLF = true
	var lines [][]string
	header := []string{}
	for _, col := range []string{"class", "name", "profile", "login", "password", "address"} {
		header = append(header, say("roster.sheet."+col))
	}
	lines = append(lines, header)
	for _, c := range s.classes() {
		for _, p := range c.People {
			lines = append(lines, []string{
				c.Class, plain(tidy(p.LastName + " " + p.FirstName)), say("profile." + string(p.Profile)), p.Login, plain(p.Password), s.Address,
			})
		}
	}
	return out.WriteAll(lines)
}

// plain keeps a spreadsheet from taking a cell for a formula.
func plain(cell string) string {
	if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@") {
		return "'" + cell
	}
	return cell
}

// classes sorts the people by class, then staff, pupils, guardians, by name.
// Somebody of several classes has one slip, in the first of them.
func (s Sheet) classes() []slips {
	people := slices.Clone(s.People)
	class := func(p identity.FirstPassword) string {
		if len(p.Groups) == 0 {
			return ""
		}
		return slices.Min(p.Groups)
	}
	rank := func(p identity.FirstPassword) int {
		switch p.Profile {
		case ids.Eleve:
			return 1
		case ids.Parent:
			return 2
		}
		return 0
	}
	slices.SortStableFunc(people, func(a, b identity.FirstPassword) int {
		return cmp.Or(cmp.Compare(class(a), class(b)), rank(a)-rank(b),
			cmp.Compare(nameKey(a.LastName, a.FirstName), nameKey(b.LastName, b.FirstName)))
	})
	var all []slips
	for _, p := range people {
		if len(all) == 0 || all[len(all)-1].Class != class(p) {
			all = append(all, slips{Class: class(p)})
		}
		last := &all[len(all)-1]
		last.People = append(last.People, p)
	}
	return all
}
