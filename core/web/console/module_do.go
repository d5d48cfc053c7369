package console

import (
	"context"

	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// turned switches a module and goes back to its page.
func (c *Console) turned(v *visit.Visit, turn func(context.Context, ids.SchoolID, ids.ModuleID) error, said string) (*visit.Answer, error) {
	id := ids.ModuleID(v.Params["id"])
	if err := turn(acting(v), v.School(), id); err != nil {
		return nil, err
	}
	return visit.GoTo(modulePath(id)).Say(said, "module", c.moduleName(v, id)), nil
}

// setModule stores the school's settings of a module.
func (c *Console) setModule(v *visit.Visit) (*visit.Answer, error) {
	id := ids.ModuleID(v.Params["id"])
	m, err := c.Modules.Manifest(id)
	if err != nil {
		return nil, err
	}
	value, err := settingsOf(m, v.Form)
	if err == nil {
		err = c.Modules.SetSettings(acting(v), v.School(), id, value)
	}
	if err == nil {
		return visit.GoTo(modulePath(id)).Say("console.saved"), nil
	}
	form, ferr := c.settingsForm(v, m)
	return again(err, ferr, func() *ui.Page { return c.modulePage(v, m, ui.Blame(ui.Fill(form, v.Form), err)) })
}
