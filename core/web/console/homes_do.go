package console

import (
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

// setHome makes one change of a profile's home page and says what is so now.
func (c *Console) setHome(v *visit.Visit) (*visit.Answer, error) {
	profile, err := homeProfile(v.Form)
	if err != nil {
		return nil, err
	}
	instance, said := v.Form.Get("bloc"), ""
	var args []any
	err = c.Home.ChangeSchool(v.Context, v.By(), v.School(), profile, func(p *home.SchoolPage) (err error) {
		before := p.Layout
		if said, err = changeHome(v, p, instance); err != nil {
			return err
		}
		now := p.Layout
		if now.Index(instance) < 0 {
			now = before
		}
		if i := now.Index(instance); i >= 0 {
			args = []any{"name", widgetName(v, p.Offer(now[i].Widget)), "n", i + 1, "total", len(now)}
		}
		return nil
	})
	switch errors.KindOf(err) {
	case errors.OK:
		return visit.GoTo(homePath(profile)).Say(said, args...), nil
	case errors.NotFound, errors.Conflict: // somebody else was faster: the page shows what is so
		key, args := errors.Public(err)
		a := visit.GoTo(homePath(profile)).Say(key, args...)
		a.Tone = ui.Warn
		return a, nil
	}
	return nil, err
}

// changeHome does what the form says and returns the key of the words about it.
func changeHome(v *visit.Visit, p *home.SchoolPage, instance string) (string, error) {
	switch v.Form.Get("geste") {
	case "monter":
		return "console.homes.moved", p.Step(instance, -1)
	case "descendre":
		return "console.homes.moved", p.Step(instance, 1)
	case "epingler":
		return "console.homes.said.pinned", p.Keep(instance, home.PinnedIn)
	case "verrouiller":
		return "console.homes.said.locked", p.Keep(instance, home.LockedIn)
	case "liberer":
		return "console.homes.said.free", p.Keep(instance, home.Free)
	case "enlever":
		return "console.homes.said.removed", p.Remove(instance)
	case "ajouter":
		return "console.homes.said.added", p.Add(instance)
	case "tailles":
		for _, at := range p.Layout {
			if !v.Form.Has(at.Instance) {
				continue
			}
			if err := p.Resize(at.Instance, home.Size(v.Form.Get(at.Instance))); err != nil {
				return "", err
			}
		}
		return "console.saved", nil
	case "origine":
		return "console.homes.restored", p.Restore()
	}
	return "", errors.New(errors.Invalid, "web.garbage")
}
