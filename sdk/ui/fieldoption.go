package ui

import (
	"strconv"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk/wire"
)

// Required marks a field that must be filled in.
func Required() FieldOption { return func(f *Field) { f.Required = true } }

// Help adds a sentence under the label.
func Help(key string, args ...any) FieldOption {
	return func(f *Field) { f.Help = T(key, args...) }
}

// Wrong adds an error to a field; an empty key adds none.
func Wrong(key string, args ...any) FieldOption {
	return func(f *Field) {
		if key != "" {
			f.Error = T(key, args...)
		}
	}
}

// Value is what the field holds or, for choices, which option is chosen. What is
// no UTF-8, which nobody types, is shown as such: a tree could not carry it.
func Value(v string) FieldOption {
	v = strings.ToValidUTF8(v, "\uFFFD")
	return func(f *Field) {
		switch in := f.Input.(type) {
		case *wire.Field_Text:
			in.Text.Value = v
		case *wire.Field_LongText:
			in.LongText.Value = v
		case *wire.Field_Date:
			in.Date.Value = v
		case *wire.Field_Number:
			in.Number.Value = v
		case *wire.Field_Check:
			in.Check.Value = v
		case *wire.Field_Choice:
			pick(in.Choice.Options, []string{v})
		case *wire.Field_Picker:
			pick(in.Picker.Options, []string{v})
		}
	}
}

// Chosen marks the chosen options of a choice or picker with several.
func Chosen(values ...string) FieldOption {
	return func(f *Field) {
		pick(f.GetChoice().GetOptions(), values)
		pick(f.GetPicker().GetOptions(), values)
	}
}

// On is the day or time a date field holds, in t's own zone.
func On(t time.Time) FieldOption {
	return func(f *Field) {
		if d := f.GetDate(); d != nil && !t.IsZero() {
			d.Value = t.Format(dateLayout(d))
		}
	}
}

// Checked ticks a box when on.
func Checked(on bool) FieldOption {
	return func(f *Field) {
		if c := f.GetCheck(); c != nil {
			c.Checked = on
		}
	}
}

// Max is the greatest number of characters of a text field.
func Max(characters int) FieldOption {
	return func(f *Field) {
		if t := f.GetText(); t != nil {
			t.Max = int32(characters)
		}
		if t := f.GetLongText(); t != nil {
			t.Max = int32(characters)
		}
	}
}

// Rows is the height of a long text field, in lines.
func Rows(n int) FieldOption {
	return func(f *Field) {
		if t := f.GetLongText(); t != nil {
			t.Rows = int32(n)
		}
	}
}

// As is the kind of a text field (email, url, tel, password, color) with what
// the browser may fill in ("current-password"), or "".
func As(kind, autocomplete string) FieldOption {
	return func(f *Field) {
		if t := f.GetText(); t != nil {
			t.Kind, t.Autocomplete = kind, autocomplete
		}
	}
}

// Several lets a choice, picker or file field take more than one.
func Several() FieldOption {
	return func(f *Field) {
		switch in := f.Input.(type) {
		case *wire.Field_Choice:
			in.Choice.Multiple = true
		case *wire.Field_Picker:
			in.Picker.Multiple = true
		case *wire.Field_File:
			in.File.Multiple = true
		}
	}
}

// Expanded draws a choice as radio buttons or boxes instead of a menu.
func Expanded() FieldOption {
	return func(f *Field) {
		if c := f.GetChoice(); c != nil {
			c.Expanded = true
		}
	}
}

// Between bounds a number field and names its unit, or "".
func Between(min, max, step float64, unit string) FieldOption {
	return func(f *Field) {
		if n := f.GetNumber(); n != nil {
			n.Min, n.Max, n.Step, n.Unit = min, max, step, unit
		}
	}
}

// Number is the value of a number field.
func Number(v float64) FieldOption { return Value(strconv.FormatFloat(v, 'f', -1, 64)) }

// Accept limits a file field: the types of HTML's accept attribute ("" for
// all), the greatest size in bytes (0: the route's own limit), and whether the
// camera may be offered.
func Accept(types string, maxBytes int64, photo bool) FieldOption {
	return func(f *Field) {
		if in := f.GetFile(); in != nil {
			in.Accept, in.MaxBytes, in.Photo = types, maxBytes, photo
		}
	}
}

// Present shows the files a file field holds already.
func Present(files ...*File) FieldOption {
	return func(f *Field) {
		if in := f.GetFile(); in != nil {
			in.Present = files
		}
	}
}

func dateLayout(d *wire.DateInput) string {
	if d.Time {
		return "2006-01-02T15:04"
	}
	return time.DateOnly
}
