package console

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/ui"
)

// settingsForm draws the school's settings of a module from the manifest's
// JSON Schema; nil when there is nothing to set.
func (c *Console) settingsForm(v *visit.Visit, m *manifest.Manifest) (*ui.Form, error) {
	fields := m.SettingFields()
	if len(fields) == 0 {
		return nil, nil
	}
	text, err := c.Modules.Settings(v.Context, v.School(), m.ID)
	if err != nil {
		return nil, err
	}
	values := map[string]any{}
	if err := json.Unmarshal(text, &values); err != nil {
		return nil, errors.Internal(err)
	}
	form := ui.NewForm(modulePath(m.ID)+"/reglages", "console.save")
	say := v.Say.In(m.ID)
	for _, f := range fields {
		help := ""
		if f.Description != "" {
			help = say.T(f.Description)
		}
		form.Fields = append(form.Fields, labelled(settingField(say, f, values[f.Name]), say.T(f.Title), help))
	}
	return form, nil
}

// settingField is the field for one setting and its value.
func settingField(say *locale.Speaker, f manifest.SettingField, value any) *ui.Field {
	switch {
	case f.Type == "boolean":
		return ui.CheckField(f.Name, "", ui.Checked(value == true))
	case f.Type == "integer" || f.Type == "number":
		return numberField(f, value)
	case f.Type == "array":
		var chosen []string
		list, _ := value.([]any)
		for _, one := range list {
			chosen = append(chosen, fmt.Sprint(one))
		}
		return ui.ChoiceField(f.Name, "", enumOptions(say, f.Name, f.Items.Enum), ui.Several(), ui.Expanded(), ui.Chosen(chosen...))
	case len(f.Enum) > 0:
		return ui.ChoiceField(f.Name, "", enumOptions(say, f.Name, f.Enum), ui.Chosen(word(value)))
	}
	opts := []ui.FieldOption{ui.Value(word(value))}
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

func numberField(f manifest.SettingField, value any) *ui.Field {
	field := ui.NumberField(f.Name, "", ui.Value(word(value)))
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

// enumOptions shows what may be chosen. A module that wants words for a value
// gives them the key "<module>.settings.<name>.<value>".
func enumOptions(say *locale.Speaker, name string, enum []any) []*ui.Option {
	options := make([]*ui.Option, 0, len(enum))
	for _, e := range enum {
		value := word(e)
		options = append(options, ui.OptionOf(value, ui.S(enumWord(say, name, value))))
	}
	return options
}

func enumWord(say *locale.Speaker, name, value string) string {
	if key := "settings." + name + "." + value; say.Has(key) {
		return say.T(key)
	}
	return value
}

// word writes a JSON value as a form holds it.
func word(value any) string {
	switch x := value.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}

// settingsOf reads the posted form back as JSON, with the types of the schema.
// What is no number is left to the schema to refuse, as text. Invalid names the
// fields that are empty where a number is needed.
func settingsOf(m *manifest.Manifest, form url.Values) (json.RawMessage, error) {
	values := map[string]any{}
	for _, f := range m.SettingFields() {
		text := strings.TrimSpace(form.Get(f.Name))
		switch f.Type {
		case "boolean":
			values[f.Name] = form.Has(f.Name)
		case "integer", "number":
			values[f.Name] = number(text)
		case "array":
			values[f.Name] = fromEnum(f.Items.Enum, form[f.Name])
		default:
			values[f.Name] = text
			if len(f.Enum) > 0 {
				values[f.Name] = enumValue(f.Enum, text)
			}
		}
	}
	return json.Marshal(values)
}

// number reads "12" and "12,5"; anything else stays text.
func number(text string) any {
	x, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || x != x || x > 1e15 || x < -1e15 {
		return text
	}
	return x
}

func fromEnum(enum []any, chosen []string) []any {
	values := []any{}
	for _, e := range enum {
		if slices.Contains(chosen, word(e)) {
			values = append(values, e)
		}
	}
	return values
}

func enumValue(enum []any, text string) any {
	for _, e := range enum {
		if word(e) == text {
			return e
		}
	}
	return text
}
