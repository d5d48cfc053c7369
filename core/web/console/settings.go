package console

import (
	"encoding/json"
	"net/url"

	"github.com/preau-ent/preau/core/web/setting"
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
		form.Fields = append(form.Fields, setting.Field(say, f, values[f.Name]))
	}
	return form, nil
}

// settingsOf reads the posted form back as JSON, with the types of the schema.
func settingsOf(m *manifest.Manifest, form url.Values) (json.RawMessage, error) {
	return setting.Read(m.SettingFields(), form)
}
