package setting

import (
	"fmt"

	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/ui"
)

// Field is the field for one setting and its value, labelled in the words of
// the module that say speaks.
func Field(say *locale.Speaker, f manifest.SettingField, value any) *ui.Field {
	field := input(say, f, value)
	field.Label = ui.S(say.T(f.Title))
	if f.Description != "" {
		field.Help = ui.S(say.T(f.Description))
	}
	return field
}

func input(say *locale.Speaker, f manifest.SettingField, value any) *ui.Field {
	switch {
	case f.Type == "boolean":
		return ui.CheckField(f.Name, "", ui.Checked(value == true))
	case f.Type == "integer" || f.Type == "number":
		return number(f, value)
	case f.Type == "array":
		var chosen []string
		list, _ := value.([]any)
		for _, one := range list {
			chosen = append(chosen, fmt.Sprint(one))
		}
		return ui.ChoiceField(f.Name, "", options(say, f.Name, f.Items.Enum), ui.Several(), ui.Expanded(), ui.Chosen(chosen...))
	case len(f.Enum) > 0:
		return ui.ChoiceField(f.Name, "", options(say, f.Name, f.Enum), ui.Chosen(manifest.Written(value)))
	}
	opts := []ui.FieldOption{ui.Value(manifest.Written(value))}
	if f.MaxLength != nil {
		opts = append(opts, ui.Max(*f.MaxLength))
		if *f.MaxLength > 200 {
			return ui.LongField(f.Name, "", opts...)
		}
	}
	if kind := map[string]string{"email": "email", "uri": "url"}[f.Format]; kind != "" {
		opts = append(opts, ui.As(kind, ""))
	}
	return ui.TextField(f.Name, "", opts...)
}

func number(f manifest.SettingField, value any) *ui.Field {
	field := ui.NumberField(f.Name, "", ui.Value(manifest.Written(value)))
	in := field.GetNumber()
	in.Step = 1
	if f.Type == "number" {
		in.Step = 0.01
	}
	if f.Minimum != nil {
		in.Min = *f.Minimum
	}
	if f.Maximum != nil {
		in.Max = *f.Maximum
	}
	return field
}

// options shows what may be chosen. A module that wants words for a value gives
// them the key "<module>.settings.<name>.<value>".
func options(say *locale.Speaker, name string, enum []any) []*ui.Option {
	out := make([]*ui.Option, 0, len(enum))
	for _, e := range enum {
		value := manifest.Written(e)
		out = append(out, ui.OptionOf(value, ui.S(word(say, name, value))))
	}
	return out
}

func word(say *locale.Speaker, name, value string) string {
	if key := "settings." + name + "." + value; say.Has(key) {
		return say.T(key)
	}
	return value
}
