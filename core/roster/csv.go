package roster

import (
	"strings"

	"github.com/preau-ent/preau/sdk/ids"
)

// csvColumns are the columns of the project's own format, each with its
// English name. All must be there, in any order; cells may be empty.
var csvColumns = [...][2]string{
	colID:       {"identifiant", "id"},
	colProfile:  {"profil", "profile"},
	colLast:     {"nom", "last name"},
	colFirst:    {"prenom", "first name"},
	colBirth:    {"naissance", "birth date"},
	colClasses:  {"classes", "classes"},
	colGroups:   {"groupes", "groups"},
	colChildren: {"enfants", "children"},
	colEmail:    {"courriel", "e-mail"},
}

const (
	colID = iota
	colProfile
	colLast
	colFirst
	colBirth
	colClasses
	colGroups
	colChildren
	colEmail
)

// listSeparator parts the values of one cell: classes, groups, children.
const listSeparator = "|"

// ReadCSV reads files of the project's own format (docs/import-csv.md). All
// files have the same columns; identifiers hold across them. The error is a
// refusal of all the files (see [RefusalOf]).
func ReadCSV(files []File) (*Roster, error) {
	r := &Roster{Source: SourceCSV}
	if len(files) == 0 {
		return nil, refuse(Place{}, "roster.refused.nofile")
	}
	seen := map[string]Place{}
	for _, f := range files {
		text, err := decode(f)
		if err != nil {
			return nil, err
		}
		t, err := parse(f.Name, text)
		if err != nil {
			return nil, err
		}
		var at [len(csvColumns)]int
		found := 0
		for i, names := range csvColumns {
			if at[i] = t.column(names[:]...); at[i] >= 0 {
				found++
			}
		}
		for i, col := range at {
			if col < 0 && found < 3 {
				return nil, refuse(Place{File: f.Name, Line: 1}, "roster.refused.notcsv")
			}
			if col < 0 {
				return nil, refuse(Place{File: f.Name, Line: 1}, "roster.refused.column", "column", csvColumns[i][0])
			}
		}
		for _, row := range t.rows {
			r.readLine(&row, &at, seen)
		}
	}
	return r, nil
}

// readLine adds the person of one line, or the remark that refuses it.
func (r *Roster) readLine(row *row, at *[len(csvColumns)]int, seen map[string]Place) {
	cell := func(col int) string { return row.cell(at[col]) }
	bad := func(key string, args ...any) { r.Refused = append(r.Refused, remark(row.at, key, args...)) }
	id := cell(colID)
	if id == "" {
		bad("roster.refused.noid")
		return
	}
	if strings.Contains(id, listSeparator) {
		bad("roster.refused.id", "id", id)
		return
	}
	if first, twice := seen[id]; twice {
		bad("roster.refused.sameid", "id", id, "first", first.Line, "firstfile", first.File)
		return
	}
	seen[id] = row.at
	profile, ok := profileNamed(cell(colProfile))
	if !ok {
		bad("roster.refused.profile", "profile", cell(colProfile))
		return
	}
	p := Person{
		Key: SourceCSV + ":" + id, ID: id, Profile: profile, At: row.at,
		LastName: cell(colLast), FirstName: cell(colFirst), Email: cell(colEmail),
		Classes: list(cell(colClasses)), Groups: list(cell(colGroups)),
	}
	if !r.usable(&p, cell(colBirth)) {
		return
	}
	for _, child := range list(cell(colChildren)) {
		if profile != ids.Parent {
			bad("roster.refused.children", "name", p.Name())
			return
		}
		p.Children = append(p.Children, Child{ID: child})
	}
	r.People = append(r.People, p)
}

// list returns the distinct values of a cell, nil when there are none.
func list(cell string) []string {
	var values []string
	seen := map[string]bool{}
	for v := range strings.SplitSeq(cell, listSeparator) {
		if v = tidy(v); v != "" && !seen[v] {
			seen[v] = true
			values = append(values, v)
		}
	}
	return values
}

// profileNamed returns the profile that a word means: its identifier, or what
// a school office would write.
func profileNamed(word string) (ids.Profile, bool) {
	switch w := Fold(word); w {
	case "responsable", "responsablelegal":
		return ids.Parent, true
	case "professeur", "enseignante":
		return ids.Enseignant, true
	case "cpe", "aed":
		return ids.VieScol, true
	default:
		return ids.Profile(w), ids.Profile(w).Valid()
	}
}
