package web

import (
	"context"
	"strings"

	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ui"
)

// writtenTo is the address at which the visitor is written to, "" for none.
func (a *App) writtenTo(v *visit.Visit) (string, error) {
	m, err := a.Identity.Member(v.Context, v.School(), v.Session.Person)
	if err != nil {
		return "", err
	}
	return a.Identity.EmailOf(v.Context, m)
}

// tellFormer tells the address at which the visitor was written to before that it
// no longer is: it may not be they who changed it. The new one is not named, it
// is nobody's business there. Where the letter cannot go the change holds all
// the same.
func (a *App) tellFormer(v *visit.Visit, former, now string) {
	if former == "" || strings.EqualFold(former, now) {
		return
	}
	ctx, cancel := context.WithTimeout(v.Context, emailPatience)
	defer cancel()
	letter := ui.PageOf(ui.T("web.email.former.title"),
		ui.Text("web.email.former.text", "name", v.Session.Viewer.GetName(), "school", v.Session.Viewer.GetSchoolName()),
		ui.Text("web.email.former.stranger"),
		ui.Toolbar(ui.To(passwordPath, "web.email.former.password")))
	if err := a.Notify.Write(ctx, v.School(), v.Session.Person, former, letter); err != nil {
		a.Log.Warn("web: the former address was not told", "person", v.Session.Person, "error", err)
	}
}
