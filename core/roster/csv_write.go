package roster

import (
	"encoding/csv"
	"io"
	"strings"
)

// WriteCSV writes the roster in the project's own format, UTF-8 with the mark
// that makes spreadsheets read it so. What [ReadCSV] reads from it is the same
// roster, as long as every person has an ID.
func WriteCSV(w io.Writer, r *Roster) error {
	if _, err := w.Write(bom); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma = ';'
	out.UseCRLF = true
	header := make([]string, len(csvColumns))
	for i, names := range csvColumns {
		header[i] = names[0]
	}
	lines := [][]string{header}
	for i := range r.People {
		lines = append(lines, csvLine(&r.People[i]))
	}
	return out.WriteAll(lines) // flushes, and returns the first error of all
}

func csvLine(p *Person) []string {
	var children []string
	for _, c := range p.Children {
		children = append(children, c.ID)
	}
	cells := make([]string, len(csvColumns))
	cells[colID], cells[colProfile] = p.ID, string(p.Profile)
	cells[colLast], cells[colFirst], cells[colBirth] = p.LastName, p.FirstName, p.Birth
	cells[colClasses] = strings.Join(p.Classes, listSeparator)
	cells[colGroups] = strings.Join(p.Groups, listSeparator)
	cells[colChildren] = strings.Join(children, listSeparator)
	cells[colEmail] = p.Email
	return cells
}
