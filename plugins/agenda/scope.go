package main

import (
	"strconv"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ui"
)

// Scope is how much of a repeated entry a change means.
type Scope string

// The scopes, as forms name them.
const (
	ThisOne   Scope = "cette"
	Following Scope = "suite"
	Whole     Scope = "toutes"
)

// scopeField asks for the scope.
func scopeField(labelKey string) *ui.Field {
	return ui.ChoiceField("portee", labelKey, ui.Choices(
		string(ThisOne), "agenda.scope.one", string(Following), "agenda.scope.following", string(Whole), "agenda.scope.all",
	), ui.Expanded(), ui.Value(string(ThisOne)))
}

// scopeOf reads the scope of a form about an occurrence; an entry that does not
// repeat is meant as a whole, and what follows the first is all.
func scopeOf(r *sdk.Request, o Occurrence) Scope {
	s := Scope(r.FormValue("portee"))
	switch {
	case !o.repeats():
		return Whole
	case s == Following && len(o.Starts) > 0 && o.From.Unix() <= o.Starts[0]:
		return Whole
	case s == Following, s == Whole:
		return s
	}
	return ThisOne
}

// unixWord names an occurrence in forms.
func unixWord(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }
