package manifest

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/preau-ent/preau/sdk/errors"
)

// SettingField is one of the school's settings, for drawing a form.
type SettingField struct {
	Name        string   `json:"-"`
	Type        string   `json:"type"` // string integer number boolean array
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Format      string   `json:"format"` // of a string: date, email, uri
	Default     any      `json:"default"`
	Enum        []any    `json:"enum"`
	Minimum     *float64 `json:"minimum"`
	Maximum     *float64 `json:"maximum"`
	MaxLength   *int     `json:"maxLength"`
	Items       struct {
		Enum []any `json:"enum"` // of an array: what may be chosen
	} `json:"items"`
}

// settings is the compiled schema of the module's settings.
type settings struct {
	schema *jsonschema.Schema // nil: the module has none
	fields []SettingField     // in the order of the file
}

func compileSettings(src json.RawMessage, order []string) (settings, error) {
	if len(src) == 0 {
		return settings{}, nil
	}
	schema, err := compile("settings.json", src)
	if err != nil {
		return settings{}, err
	}
	var raw struct {
		Properties map[string]SettingField `json:"properties"`
	}
	if err := json.Unmarshal(src, &raw); err != nil {
		return settings{}, err
	}
	s := settings{schema: schema}
	for _, name := range order {
		f := raw.Properties[name]
		f.Name = name
		s.fields = append(s.fields, f)
	}
	return s, nil
}

// check holds the defaults against the schema; at is where the schema stands in the file.
func (s settings) check(at string) []Problem {
	if s.schema == nil {
		return nil
	}
	var p []Problem
	for _, f := range s.faults(s.defaults()) {
		p = append(p, Problem{Field: at + ".properties." + f.Field + ".default", Why: f.Why})
	}
	return p
}

func (s settings) defaults() json.RawMessage {
	values := map[string]any{}
	for _, f := range s.fields {
		values[f.Name] = f.Default
	}
	b, err := json.Marshal(values)
	if err != nil {
		return json.RawMessage("{}") // values that came from JSON go back to it
	}
	return b
}

func (s settings) faults(value json.RawMessage) []Problem {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(value))
	if err != nil {
		return []Problem{{Why: err.Error()}}
	}
	return faults(s.schema.Validate(v))
}

// SettingFields lists the school's settings in the order of the file.
func (m *Manifest) SettingFields() []SettingField { return m.settings.fields }

// WidgetFields lists what a person may set of one instance of a widget, in the
// order of the file; nil when there is nothing, or no such widget.
func (m *Manifest) WidgetFields(widget string) []SettingField {
	w, _ := m.Widget(widget)
	return w.settings.fields
}

// Defaults returns the settings of a school that has set nothing: a JSON
// object, empty when the module has no settings.
func (m *Manifest) Defaults() json.RawMessage { return m.settings.defaults() }

// CheckSettings holds a school's settings against the schema: Invalid names the
// fields. Fields the schema does not know are refused.
func (m *Manifest) CheckSettings(value json.RawMessage) error { return m.settings.accept(value) }

// CheckWidgetSettings holds what a person set of an instance against the
// widget's schema, as [Manifest.CheckSettings] does; NotFound for no such widget.
func (m *Manifest) CheckWidgetSettings(widget string, value json.RawMessage) error {
	w, ok := m.Widget(widget)
	if !ok {
		return errors.New(errors.NotFound, "")
	}
	return w.settings.accept(value)
}

func (s settings) accept(value json.RawMessage) error {
	var given map[string]json.RawMessage
	if err := json.Unmarshal(value, &given); err != nil {
		return errors.Wrap(err, errors.Invalid, "")
	}
	bad := map[string]string{}
	known := map[string]bool{}
	for _, f := range s.fields {
		known[f.Name] = true
	}
	for name := range given {
		if !known[name] {
			bad[name] = "error.field.unknown"
		}
	}
	var cause []Problem
	if s.schema != nil {
		cause = s.faults(value)
	}
	for _, f := range cause {
		field := "" // of the settings as a whole
		if s := steps(f.Field); len(s) > 0 {
			field = s[0]
		}
		bad[field] = "error.field.setting"
	}
	if len(bad) == 0 {
		return nil
	}
	return &errors.Error{Kind: errors.Invalid, Fields: bad, Cause: fmt.Errorf("settings: %w", Problems(cause))}
}

// WithDefaults returns a school's settings with what it did not set filled in.
func (m *Manifest) WithDefaults(value json.RawMessage) (json.RawMessage, error) {
	values := map[string]json.RawMessage{}
	if err := json.Unmarshal(m.Defaults(), &values); err != nil {
		return nil, errors.Internal(err)
	}
	if len(value) > 0 {
		if err := json.Unmarshal(value, &values); err != nil {
			return nil, errors.Internal(err)
		}
	}
	b, err := json.Marshal(values)
	if err != nil {
		return nil, errors.Internal(err)
	}
	return b, nil
}
