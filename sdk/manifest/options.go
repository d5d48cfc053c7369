package manifest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Formats of a text setting of a widget that the core fills with what it knows
// of the person: the form offers their own groups or children, and only those
// are taken. The value is an id; empty means all.
const (
	FormatGroup = "group"
	FormatChild = "child"
)

// WidgetOptions returns the settings of one instance as the module reads them:
// texts, with the default of each that was not given. What the manifest does
// not know is left out. A list is written with commas.
func (m *Manifest) WidgetOptions(widget string, given map[string]string) map[string]string {
	return Options(m.WidgetFields(widget), given)
}

// Options is what [Manifest.WidgetOptions] returns for these fields.
func Options(fields []SettingField, given map[string]string) map[string]string {
	if len(fields) == 0 {
		return nil
	}
	out := make(map[string]string, len(fields))
	for _, f := range fields {
		text, ok := given[f.Name]
		if !ok {
			text = Written(f.Default)
		}
		out[f.Name] = text
	}
	return out
}

// OptionsJSON is the JSON object that the texts stand for, with the types of
// the fields, to be held against the schema. What is no number stays a text,
// which the schema refuses.
func OptionsJSON(fields []SettingField, given map[string]string) (json.RawMessage, error) {
	values := make(map[string]any, len(given))
	for name, text := range given {
		i := slices.IndexFunc(fields, func(f SettingField) bool { return f.Name == name })
		if i < 0 {
			values[name] = text // refused by name
			continue
		}
		values[name] = fields[i].read(text)
	}
	return json.Marshal(values)
}

// Written writes a value of a setting as a form holds it.
func Written(value any) string {
	switch x := value.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case []any:
		parts := make([]string, len(x))
		for i, one := range x {
			parts[i] = Written(one)
		}
		return strings.Join(parts, ",")
	}
	return fmt.Sprint(value)
}

// read is the value that a text stands for.
func (f SettingField) read(text string) any {
	switch f.Type {
	case "boolean":
		return text == "true"
	case "integer", "number":
		return Number(text)
	case "array":
		chosen := strings.Split(text, ",")
		values := []any{}
		for _, e := range f.Items.Enum {
			if slices.Contains(chosen, Written(e)) {
				values = append(values, e)
			}
		}
		return values
	}
	for _, e := range f.Enum {
		if Written(e) == text {
			return e
		}
	}
	return text
}

// Number reads "12" and "12,5"; anything else stays text.
func Number(text string) any {
	x, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(text), ",", ".", 1), 64)
	if err != nil || x != x || x > 1e15 || x < -1e15 {
		return text
	}
	return x
}
