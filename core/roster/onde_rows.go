package roster

import (
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/ids"
)

// readPupils adds the pupils of a table. A class of two levels is one class:
// the column "Niveau" is not read.
func readPupils(r *Roster, t *table) {
	name, usage, first := t.column("Nom Elève"), t.column("Nom d'usage Elève"), t.column("Prénom Elève")
	birth, class := t.column("Date naissance"), t.column("Classe")
	for _, row := range t.rows {
		p := Person{Profile: ids.Eleve, At: row.at, Classes: nonEmpty(row.cell(class))}
		p.called(row.cell(name), row.cell(usage), row.cell(first))
		if !r.usable(&p, row.cell(birth)) {
			continue
		}
		p.Key = keyOf(SourceONDE, ids.Eleve, p.family(), p.FirstName, p.Birth)
		r.People = append(r.People, p)
	}
}

// readStaff adds the teachers and the head of a table.
func readStaff(r *Roster, t *table) {
	name, usage, first := t.column("Nom"), t.column("Nom usage"), t.column("Prénom")
	email, head, class := t.column("Courriel"), t.column("Directeur"), t.column("Classe")
	for _, row := range t.rows {
		p := Person{
			Profile: profileOfStaff(row.cell(head)), At: row.at,
			Email: row.cell(email), Classes: nonEmpty(row.cell(class)),
		}
		p.called(row.cell(name), row.cell(usage), row.cell(first))
		if !r.usable(&p, "") {
			continue
		}
		// Not by profile: a teacher who becomes head stays who they are.
		p.Key = keyOf(SourceONDE, ids.Enseignant, p.family(), p.FirstName)
		r.People = append(r.People, p)
	}
}

// readGuardians adds the guardians of a table, each with the children of its
// repeated columns.
func readGuardians(r *Roster, t *table) {
	title, name, usage, first := t.column("Civilité Responsable"), t.column("Nom responsable"), t.column("Nom usage responsable"), t.column("Prénom responsable")
	street, code, town := t.column("Adresse responsable"), t.column("CP responsable"), t.column("Commune responsable")
	email := t.column("Courriel")
	cUsage, cName := t.columns("Nom d'usage enfant"), t.columns("Nom de famille enfant")
	cFirst, cClass := t.columns("Prénom enfant"), t.columns("Classes enfants")
	for _, row := range t.rows {
		p := Person{Profile: ids.Parent, At: row.at, Email: row.cell(email)}
		p.Address = tidy(strings.Join(nonEmpty(row.cell(street), row.cell(code), row.cell(town)), " "))
		p.called(row.cell(name), row.cell(usage), row.cell(first))
		if !r.usable(&p, "") {
			continue
		}
		for i := range cName {
			var c Person
			c.called(row.cell(cName[i]), row.cell(nth(cUsage, i)), row.cell(nth(cFirst, i)))
			if c.Name() != "" {
				p.Children = append(p.Children, Child{
					LastName: c.LastName, BirthName: c.BirthName,
					FirstName: c.FirstName, Class: row.cell(nth(cClass, i)),
				})
			}
		}
		p.Key = guardianKey(&p, row.cell(title))
		r.People = append(r.People, p)
	}
}

// nth returns at[i], or -1: the export may be cut of its last repeated columns.
func nth(at []int, i int) int {
	if i < len(at) {
		return at[i]
	}
	return -1
}

// guardianKey tells homonyms apart by their title and where they live, or are
// written to. One of whom nothing is known but the children is told by those.
func guardianKey(p *Person, title string) string {
	if Fold(title) == "mlle" {
		title = "mme"
	}
	home := p.Address
	if home == "" {
		home = p.Email
	}
	parts := []string{title, p.family(), p.FirstName, home}
	if home == "" {
		var children []string
		for _, c := range p.Children {
			children = append(children, Fold(c.LastName)+" "+Fold(c.FirstName))
		}
		slices.Sort(children)
		parts = append(parts, children...)
	}
	return keyOf(SourceONDE, ids.Parent, parts...)
}
