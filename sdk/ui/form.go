package ui

import (
	"net/url"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

// NewForm returns a form that is posted to path.
func NewForm(path, submitKey string, fields ...*Field) *Form {
	return &Form{Path: path, Submit: words(submitKey), Fields: fields}
}

// SearchForm returns a form that asks (GET) and changes nothing.
func SearchForm(path, submitKey string, fields ...*Field) *Form {
	f := NewForm(path, submitKey, fields...)
	f.Search = true
	return f
}

// FormOf is the node that shows a form.
func FormOf(f *Form) *Node { return &Node{Kind: &wire.Node_Form{Form: f}} }

// Also adds a further button; its name and value come with the form.
func Also(f *Form, name, value, labelKey string) *Form {
	f.Others = append(f.Others, &Submit{Name: name, Value: value, Label: words(labelKey)})
	return f
}

// Loses marks a form as one whose sending loses something, and returns it.
func Loses(f *Form) *Form {
	f.Tone = Bad
	return f
}

// Cancel adds the way out of the form.
func Cancel(f *Form, path, labelKey string) *Form {
	f.Cancel = To(path, labelKey)
	return f
}

// Fill puts values into the fields of their names: what was stored, or what
// was posted and must be shown again. Names that values lacks stay as they
// are, but for boxes and choices, whose absence means "not chosen".
func Fill(f *Form, values url.Values) *Form {
	for _, field := range f.Fields {
		fillField(field, values)
	}
	return f
}

// Blame shows err in the form: its fields' messages next to them, its message
// on top. A nil err changes nothing.
func Blame(f *Form, err error) *Form {
	if err == nil {
		return f
	}
	left, args := errors.FieldsOf(err), errors.FilledOf(err)
	shown := 0
	for _, field := range f.Fields {
		if key, ok := left[field.Name]; ok {
			field.Error = T(key, args[field.Name]...)
			shown++
		}
	}
	if shown == 0 || shown < len(left) {
		key, args := errors.Public(err)
		f.Error = T(key, args...)
	}
	return f
}

func fillField(field *Field, values url.Values) {
	chosen, has := values[field.Name]
	first := ""
	if len(chosen) > 0 {
		first = chosen[0]
	}
	switch in := field.Input.(type) {
	case *wire.Field_Check:
		in.Check.Checked = has && (in.Check.Value == "" || slices.Contains(chosen, in.Check.Value))
	case *wire.Field_Choice:
		pick(in.Choice.Options, chosen)
	case *wire.Field_Picker:
		pick(in.Picker.Options, chosen)
	default:
		if has {
			Value(first)(field)
		}
	}
}

func pick(options []*Option, chosen []string) {
	for _, o := range options {
		o.Selected = slices.Contains(chosen, o.Value)
	}
}
