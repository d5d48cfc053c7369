package setting

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/manifest"
)

// Read reads the posted form back as JSON, with the types of the schema. What is
// no number is left to the schema to refuse, as text.
func Read(fields []manifest.SettingField, form url.Values) (json.RawMessage, error) {
	values := map[string]any{}
	for _, f := range fields {
		text := strings.TrimSpace(form.Get(f.Name))
		switch f.Type {
		case "boolean":
			values[f.Name] = form.Has(f.Name)
		case "integer", "number":
			values[f.Name] = manifest.Number(text)
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

// Texts reads the posted form back as a widget is told its settings.
func Texts(fields []manifest.SettingField, form url.Values) map[string]string {
	out := map[string]string{}
	for _, f := range fields {
		switch f.Type {
		case "boolean":
			out[f.Name] = "false"
			if form.Has(f.Name) {
				out[f.Name] = "true"
			}
		case "array":
			out[f.Name] = strings.Join(form[f.Name], ",")
		default:
			out[f.Name] = strings.TrimSpace(form.Get(f.Name))
		}
	}
	return out
}

// Value is a text of [Texts] as [Field] shows it.
func Value(f manifest.SettingField, text string) any {
	switch f.Type {
	case "boolean":
		return text == "true"
	case "array":
		list := []any{}
		for one := range strings.SplitSeq(text, ",") {
			list = append(list, one)
		}
		return list
	}
	return text
}

func fromEnum(enum []any, chosen []string) []any {
	values := []any{}
	for _, e := range enum {
		if slices.Contains(chosen, manifest.Written(e)) {
			values = append(values, e)
		}
	}
	return values
}

func enumValue(enum []any, text string) any {
	for _, e := range enum {
		if manifest.Written(e) == text {
			return e
		}
	}
	return text
}
