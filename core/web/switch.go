package web

import (
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
)

// switchSchool moves the session to another school of the visitor. The page
// they were on may not exist there: home does.
func (a *App) switchSchool(v *visit.Visit) (*visit.Answer, error) {
	if _, err := a.Identity.Switch(v.Context, v.Token, ids.SchoolID(v.Form.Get("etablissement"))); err != nil {
		return nil, err
	}
	return visit.GoTo("/"), nil
}

// chooseChild keeps the child a parent looks at; none is all.
func (a *App) chooseChild(v *visit.Visit) (*visit.Answer, error) {
	if _, err := a.Identity.LookAt(v.Context, v.Token, ids.PersonID(v.Form.Get("enfant"))); err != nil {
		return nil, err
	}
	return visit.GoTo(localPath(v.Form.Get("retour"))), nil
}
