package console

import (
	"time"

	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
)

// resetPassword answers the new first password, the only time it is seen: a
// page to print, not a redirection.
func (c *Console) resetPassword(v *visit.Visit) (*visit.Answer, error) {
	m, err := c.touched(v)
	if err != nil {
		return nil, err
	}
	first, err := c.Identity.ResetPassword(v.Context, v.By(), v.School(), m.Person())
	if err != nil {
		return nil, err
	}
	return visit.Show(firstPassword(v, first)), nil
}

// setGroups puts the person into the chosen classes and groups.
func (c *Console) setGroups(v *visit.Visit) (*visit.Answer, error) {
	m, err := c.touched(v)
	if err != nil {
		return nil, err
	}
	var list []ids.GroupID
	for _, id := range v.Form["classes"] {
		list = append(list, ids.GroupID(id))
	}
	return done(m.ID, c.Identity.SetGroups(v.Context, v.By(), v.School(), m.Person(), list))
}

// setRoles gives the person the ticked roles.
func (c *Console) setRoles(v *visit.Visit) (*visit.Answer, error) {
	m, err := c.touched(v)
	if err != nil {
		return nil, err
	}
	return done(m.ID, c.Identity.SetRoles(v.Context, v.By(), v.School(), m.Person(), v.Form["roles"]))
}

// leave ends the membership.
func (c *Console) leave(v *visit.Visit) (*visit.Answer, error) {
	m, err := c.touched(v)
	if err != nil {
		return nil, err
	}
	return done(m.ID, c.Identity.Leave(v.Context, v.By(), v.School(), m.Person()))
}

// comeBack makes a person who left belong again.
func (c *Console) comeBack(v *visit.Visit) (*visit.Answer, error) {
	m, err := c.touched(v)
	if err != nil {
		return nil, err
	}
	return done(m.ID, c.Identity.Return(v.Context, v.By(), v.School(), m.Person()))
}

// done goes back to the person.
func done(id string, err error) (*visit.Answer, error) {
	if err != nil {
		return nil, err
	}
	return visit.GoTo(personPath(id)).Say("console.saved"), nil
}

// birth writes a stored day for the visitor; what is no day stays as it is.
func birth(v *visit.Visit, day string) string {
	t, err := time.ParseInLocation(time.DateOnly, day, v.Say.Zone)
	if err != nil {
		return day
	}
	return v.Say.Date(t)
}
