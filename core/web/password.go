package web

import (
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

// showPassword answers the form to change one's password.
func (a *App) showPassword(v *visit.Visit) (*visit.Answer, error) {
	return visit.Show(passwordPage(v, nil)), nil
}

// changePassword replaces the password. All other sessions end, this one goes
// on under a new token.
func (a *App) changePassword(v *visit.Visit) (*visit.Answer, error) {
	next := v.Form.Get("nouveau")
	if next != v.Form.Get("encore") {
		return visit.Again(passwordPage(v, errors.Field("encore", "web.password.differs"))), nil
	}
	token, _, err := a.Identity.ChangePassword(v.Context, v.Token, v.Form.Get("ancien"), next, v.Address)
	if k := errors.KindOf(err); k == errors.Invalid || k == errors.TooMany {
		return visit.Again(passwordPage(v, err)), nil
	}
	if err != nil {
		return nil, err
	}
	to := draw.Account
	if v.Session.MustChange {
		to = "/"
	}
	answer := visit.GoTo(to).Say("web.password.changed")
	answer.Token = token
	return answer, nil
}

// passwordPage says why the page is there when the visitor has to begin here.
func passwordPage(v *visit.Visit, err error) *ui.Page {
	form := ui.NewForm(passwordPath, "web.password.change",
		ui.TextField("ancien", "web.password.old", ui.As("password", "current-password"), ui.Required()),
		ui.TextField("nouveau", "web.password.new", ui.As("password", "new-password"), ui.Required(), ui.Help("web.password.help")),
		ui.TextField("encore", "web.password.again", ui.As("password", "new-password"), ui.Required()),
	)
	page := ui.NewPage("web.password.title")
	if v.Session.MustChange {
		page.Nodes = append(page.Nodes, ui.Banner(ui.Info, "web.password.first"))
	} else {
		page.Crumbs = append(page.Crumbs, ui.To(draw.Account, "web.account.title"))
		ui.Cancel(form, draw.Account, "web.cancel")
	}
	page.Nodes = append(page.Nodes, ui.FormOf(ui.Blame(form, err)))
	return page
}
