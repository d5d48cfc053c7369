package sdk

import (
	"maps"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

// Faults is what is wrong with a posted form: words for each field, under ""
// those for the form as a whole. Where [Fields] finds what any form can have
// wrong, a module adds what only it knows:
//
//	wrong, err := r.Fields().Faults()
//	if due.Before(r.Now()) {
//		wrong.Bad("due", "devoirs.due.past")
//	}
type Faults map[string]*ui.Words

// Faults returns what was found wrong so far; a form that cannot be read at all
// is an error.
func (f *Fields) Faults() (Faults, error) {
	err := f.Err()
	keys := errors.FieldsOf(err)
	if err != nil && keys == nil {
		return nil, err
	}
	wrong := Faults{}
	for field, key := range keys {
		wrong[field] = ui.T(key, f.filled[field]...)
	}
	return wrong, nil
}

// Bad notes what is wrong with a field; its first fault is kept.
func (f Faults) Bad(field, key string, args ...any) {
	if f[field] == nil {
		f[field] = ui.T(key, args...)
	}
}

// Add notes an error's message at a field; a nil error is none.
func (f Faults) Add(field string, err error) {
	if err != nil {
		key, args := errors.Public(err)
		f.Bad(field, key, args...)
	}
}

// Blame shows the faults in the form and, on top, summaryKey with their number
// as "n". A fault of a field that the form does not have is said on top itself.
// Without faults nothing changes.
func (f Faults) Blame(form *ui.Form, summaryKey string) *ui.Form {
	if len(f) == 0 {
		return form
	}
	form.Error = ui.T(summaryKey, "n", len(f))
	left := maps.Clone(f)
	for _, field := range form.Fields {
		field.Error = f[field.Name]
		delete(left, field.Name)
	}
	for _, words := range left {
		form.Error = words
	}
	return form
}
