package roster

import (
	"slices"

	"github.com/preau-ent/preau/sdk/ids"
)

// ondeKind is one of the three files of an ONDE export: the columns it is told
// by, those it must have, and how a row becomes a person.
type ondeKind struct {
	marks, needs []string
	read         func(*Roster, *table)
}

var ondeKinds = []ondeKind{
	{
		marks: []string{"Nom Elève", "Prénom Elève", "Niveau", "Décision de passage"},
		needs: []string{"Nom Elève", "Prénom Elève", "Date naissance", "Classe"},
		read:  readPupils,
	},
	{
		marks: []string{"Nom responsable", "Prénom responsable", "Adresse responsable", "Nom de famille enfant", "Prénom enfant", "Classes enfants"},
		needs: []string{"Nom responsable", "Prénom responsable", "Adresse responsable", "Nom de famille enfant", "Prénom enfant", "Classes enfants"},
		read:  readGuardians,
	},
	{
		marks: []string{"Civilité", "Nom usage", "Téléphone portable", "Directeur"},
		needs: []string{"Nom", "Prénom", "Directeur", "Classe"},
		read:  readStaff,
	},
}

// ReadONDE reads the files of an ONDE export, in any order: pupils, staff and
// guardians are told apart by their columns, never by their names. The error is
// a refusal of all the files (see [RefusalOf]).
func ReadONDE(files []File) (*Roster, error) {
	r := &Roster{Source: SourceONDE}
	if len(files) == 0 {
		return nil, refuse(Place{}, "roster.refused.nofile")
	}
	for _, f := range files {
		text, err := decode(f)
		if err != nil {
			return nil, err
		}
		t, err := parse(f.Name, text)
		if err != nil {
			return nil, err
		}
		kind, err := ondeKindOf(t)
		if err != nil {
			return nil, err
		}
		kind.read(r, t)
	}
	settle(r)
	return r, nil
}

// ondeKindOf returns the kind whose marks the header holds most of, at least
// two, and refuses a header that lacks a needed column.
func ondeKindOf(t *table) (*ondeKind, error) {
	var best *ondeKind
	most := 1
	for i := range ondeKinds {
		n := 0
		for _, mark := range ondeKinds[i].marks {
			if t.column(mark) >= 0 {
				n++
			}
		}
		if n > most {
			best, most = &ondeKinds[i], n
		}
	}
	header := Place{File: t.name, Line: 1}
	if best == nil {
		return nil, refuse(header, "roster.refused.notonde")
	}
	for _, need := range best.needs {
		if t.column(need) < 0 {
			return nil, refuse(header, "roster.refused.column", "column", need)
		}
	}
	return best, nil
}

// usable adds a remark and returns false when the person has no full name or a
// birth date that is none.
func (r *Roster) usable(p *Person, birth string) bool {
	if Fold(p.LastName) == "" || Fold(p.FirstName) == "" {
		r.Refused = append(r.Refused, remark(p.At, "roster.refused.noname"))
		return false
	}
	date, ok := parseDate(birth)
	if !ok {
		r.Refused = append(r.Refused, remark(p.At, "roster.refused.date", "name", p.Name(), "date", birth))
		return false
	}
	p.Birth = date
	return true
}

// called sets the person's names from the family name and the name in use.
func (p *Person) called(family, usage, first string) {
	p.LastName, p.FirstName = family, first
	if usage != "" && Fold(usage) != Fold(family) {
		p.LastName, p.BirthName = usage, family
	}
}

// family returns the family name, which is the one exports match by.
func (p *Person) family() string {
	if p.BirthName != "" {
		return p.BirthName
	}
	return p.LastName
}

// nonEmpty returns the values that hold something, nil when none does.
func nonEmpty(values ...string) []string {
	kept := slices.DeleteFunc(values, func(v string) bool { return v == "" })
	if len(kept) == 0 {
		return nil
	}
	return kept
}

// profileOfStaff reads the column "Directeur".
func profileOfStaff(directeur string) ids.Profile {
	if Fold(directeur) == "oui" {
		return ids.Direction
	}
	return ids.Enseignant
}
