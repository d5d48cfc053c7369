package web

import (
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ui"
)

const modePath = "/compte/accueil"

// homeMode says which home page the visitor has.
func (a *App) homeMode(v *visit.Visit) (*ui.Words, error) {
	page, err := a.Home.Page(v.Context, v.Caller())
	if err != nil {
		return nil, err
	}
	return ui.T("web.mode." + string(page.Mode)), nil
}

// showMode answers the choice between the guided and the expert home page.
func (a *App) showMode(v *visit.Visit) (*visit.Answer, error) {
	page, err := a.Home.Page(v.Context, v.Caller())
	if err != nil {
		return nil, err
	}
	modes := []*ui.Option{
		{Value: string(home.GuidedMode), Label: ui.T("web.mode.guide"), Detail: ui.T("web.mode.guide.detail")},
		{Value: string(home.ExpertMode), Label: ui.T("web.mode.expert"), Detail: ui.T("web.mode.expert.detail")},
	}
	return visit.Show(AccountPage("web.account.home", ui.FormOf(ui.NewForm(draw.HomeMode, "web.save",
		ui.ChoiceField("mode", "web.account.mode", modes, ui.Chosen(string(page.Mode)), ui.Expanded()))))), nil
}
