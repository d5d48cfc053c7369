package ui

import "github.com/preau-ent/preau/sdk/wire"

// FieldOption changes a field while it is made.
type FieldOption func(*Field)

func field(name, labelKey string, opts []FieldOption) func(*Field) *Field {
	return func(f *Field) *Field {
		f.Name, f.Label = name, words(labelKey)
		for _, opt := range opts {
			opt(f)
		}
		return f
	}
}

// TextField asks for one line.
func TextField(name, labelKey string, opts ...FieldOption) *Field {
	return field(name, labelKey, opts)(&Field{Input: &wire.Field_Text{Text: &wire.TextInput{}}})
}

// LongField asks for several lines.
func LongField(name, labelKey string, opts ...FieldOption) *Field {
	return field(name, labelKey, opts)(&Field{Input: &wire.Field_LongText{LongText: &wire.LongText{}}})
}

// MarkdownField is LongField for Markdown, with a short help on it.
func MarkdownField(name, labelKey string, opts ...FieldOption) *Field {
	return field(name, labelKey, opts)(&Field{Input: &wire.Field_LongText{LongText: &wire.LongText{Markdown: true}}})
}

// DateField asks for a day: "2006-01-02".
func DateField(name, labelKey string, opts ...FieldOption) *Field {
	return field(name, labelKey, opts)(&Field{Input: &wire.Field_Date{Date: &wire.DateInput{}}})
}

// DateTimeField asks for a day and time in the viewer's zone:
// "2006-01-02T15:04".
func DateTimeField(name, labelKey string, opts ...FieldOption) *Field {
	return field(name, labelKey, opts)(&Field{Input: &wire.Field_Date{Date: &wire.DateInput{Time: true}}})
}

// NumberField asks for a number.
func NumberField(name, labelKey string, opts ...FieldOption) *Field {
	return field(name, labelKey, opts)(&Field{Input: &wire.Field_Number{Number: &wire.NumberInput{}}})
}

// CheckField is one box; ticked, it sends "on" unless [Value] says otherwise.
func CheckField(name, labelKey string, opts ...FieldOption) *Field {
	return field(name, labelKey, opts)(&Field{Input: &wire.Field_Check{Check: &wire.CheckBox{}}})
}

// ChoiceField offers a few options, one of which is chosen.
func ChoiceField(name, labelKey string, options []*Option, opts ...FieldOption) *Field {
	return field(name, labelKey, opts)(&Field{Input: &wire.Field_Choice{Choice: &wire.Choice{Options: options}}})
}

// PickerField offers people or groups, many of them: the list can be filtered.
func PickerField(name, labelKey string, options []*Option, opts ...FieldOption) *Field {
	return field(name, labelKey, opts)(&Field{Input: &wire.Field_Picker{Picker: &wire.Picker{Options: options}}})
}

// FileField asks for a file.
func FileField(name, labelKey string, opts ...FieldOption) *Field {
	return field(name, labelKey, opts)(&Field{Input: &wire.Field_File{File: &wire.FileInput{}}})
}

// OptionOf is an option with any label.
func OptionOf(value string, label *Words) *Option { return &Option{Value: value, Label: label} }

// Choices returns options from pairs of value and label key.
func Choices(pairs ...string) []*Option {
	var options []*Option
	for i := 0; i+1 < len(pairs); i += 2 {
		options = append(options, OptionOf(pairs[i], T(pairs[i+1])))
	}
	return options
}
