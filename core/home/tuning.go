package home

import (
	"strings"
	"unicode/utf8"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Tuning is what tells one instance of a widget from another: a name of its own
// and the settings that the module reads.
type Tuning struct {
	Title    string            `json:"title,omitempty"`
	Settings map[string]string `json:"settings,omitempty"`
}

func (t Tuning) empty() bool { return t.Title == "" && len(t.Settings) == 0 }

func (t *Tuning) check() error {
	if t.Title = strings.Join(strings.Fields(t.Title), " "); utf8.RuneCountInString(t.Title) > nameMost {
		return errors.Field("titre", "home.title.long")
	}
	return nil
}

// Accept returns the settings that somebody chose for a widget when the module
// takes them: Invalid names the fields. A group or child is one of the
// chooser's own; a school's page, which is no person's, has none (chooser nil).
func (o Offer) Accept(chooser *host.Caller, given map[string]string) (map[string]string, error) {
	out := map[string]string{}
	for _, f := range o.Fields {
		text, ok := given[f.Name]
		if !ok {
			continue
		}
		if (f.Format == manifest.FormatGroup || f.Format == manifest.FormatChild) && text != "" && !has(Choices(chooser, f.Format), text) {
			return nil, errors.Field(f.Name, "error.field.setting")
		}
		out[f.Name] = text
	}
	if len(out) == 0 || o.check == nil {
		return nil, nil
	}
	raw, err := manifest.OptionsJSON(o.Fields, out)
	if err != nil {
		return nil, errors.Internal(err)
	}
	return out, o.check(raw)
}

// Choice is a group or child that a setting may name.
type Choice struct{ ID, Name string }

// Choices lists the groups or children of somebody for a setting of this
// format; none for nobody.
func Choices(c *host.Caller, format string) []Choice {
	var out []Choice
	if c == nil {
		return nil
	}
	if format == manifest.FormatChild {
		for _, child := range c.Viewer.GetChildren() {
			out = append(out, Choice{child.GetPerson(), child.GetFirstName()})
		}
		return out
	}
	for _, g := range c.Viewer.GetGroups() {
		out = append(out, Choice{g.GetId(), g.GetName()})
	}
	return out
}

func has(all []Choice, id string) bool {
	for _, c := range all {
		if c.ID == id {
			return true
		}
	}
	return false
}
