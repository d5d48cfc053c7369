package console

import (
	"context"
	"time"

	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// patience is how long somebody waits for a fresh process before they are told
// that it is on its way.
const patience = 10 * time.Second

// haltModule stops a module for this school at once.
func (c *Console) haltModule(v *visit.Visit) (*visit.Answer, error) {
	return c.held(v, c.Modules.Halt, "console.module.halted.done")
}

// resumeModule sets it going again.
func (c *Console) resumeModule(v *visit.Visit) (*visit.Answer, error) {
	return c.held(v, c.Modules.Resume, "console.module.resumed.done")
}

func (c *Console) held(v *visit.Visit, do func(context.Context, ids.ModuleID, ids.SchoolID) error, said string) (*visit.Answer, error) {
	id := ids.ModuleID(v.Params["id"])
	if err := do(acting(v), id, v.School()); err != nil {
		return nil, err
	}
	return visit.GoTo(modulePath(id)).Say(said, "module", c.moduleName(v, id)), nil
}

// restartModule gives a module of the school a fresh process, also after it was
// put aside. One that does not start is told on its page.
func (c *Console) restartModule(v *visit.Visit) (*visit.Answer, error) {
	id := ids.ModuleID(v.Params["id"])
	if _, err := c.Modules.Manifest(id); err != nil {
		return nil, err
	}
	if !c.Modules.IsEnabled(v.School(), id) {
		return nil, errors.New(errors.NotFound, "host.noroute")
	}
	for _, s := range c.Modules.Modules() {
		switch {
		case s.ID == id && changed(s):
			return nil, errors.New(errors.Denied, "console.module.changed.who")
		case s.ID == id && damaged(s):
			return nil, errors.New(errors.Denied, "console.module.damaged.who")
		}
	}
	ctx, cancel := context.WithTimeout(acting(v), patience)
	defer cancel()
	err := c.Modules.Restart(ctx, id)
	said, tone := "console.module.restarted", ui.Ok
	switch key, _ := errors.Public(err); {
	case err == nil:
	case errors.Is(err, context.DeadlineExceeded):
		said = "console.module.restarting"
	case key == "host.nostart":
		said, tone = "console.module.notstarted", ui.Bad
	case key == "host.changed": // found out just now: the operator's to look at
		said, tone = "console.module.changed.short", ui.Bad
	default:
		return nil, err
	}
	answer := visit.GoTo(modulePath(id)).Say(said, "module", c.moduleName(v, id))
	answer.Tone = tone
	return answer, nil
}
