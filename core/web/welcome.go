package web

import (
	"strconv"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

// welcomeRoutes are the introduction, the help and the answers to the banner.
func (a *App) welcomeRoutes() []visit.Route {
	return []visit.Route{
		{Method: "GET", Path: home.HelpPath, Permission: access.Home, Handle: a.showHelp},
		{Method: "POST", Path: draw.Introduction, Permission: access.Home, Handle: a.setIntro},
		{Method: "POST", Path: home.AcknowledgePath + ":id" + home.AcknowledgeEnd, Permission: access.Home, Handle: a.acknowledge},
	}
}

// setIntro goes to a step of the introduction, or closes it.
func (a *App) setIntro(v *visit.Visit) (*visit.Answer, error) {
	step, err := strconv.Atoi(v.Form.Get("etape"))
	if err != nil || step < 0 || step > home.IntroSteps+1 {
		return nil, errors.New(errors.Invalid, "web.garbage")
	}
	if err := a.Home.SetIntro(v.Context, v.Caller(), step); err != nil {
		return nil, err
	}
	answer := visit.GoTo("/")
	if step == 0 {
		answer.Say("web.intro.closed")
	}
	return answer, nil
}

// acknowledge notes that the visitor has read an announcement.
func (a *App) acknowledge(v *visit.Visit) (*visit.Answer, error) {
	if err := a.Home.Acknowledge(v.Context, v.Caller(), v.Params["id"]); err != nil {
		return nil, err
	}
	return visit.GoTo("/").Say("home.banner.thanks"), nil
}

// helped are the questions of the help page, each with where its answer leads.
var helped = []struct{ key, path string }{
	{"home", "/"}, {"week", home.WeekPath}, {"notices", draw.Notices}, {"account", draw.Account}, {"reach", draw.Declaration}, {"status", draw.Status},
}

// showHelp answers the help: the introduction again, and what one looks for
// most.
func (a *App) showHelp(v *visit.Visit) (*visit.Answer, error) {
	again := ui.Button(draw.Introduction, "web.help.intro.again", "etape", "1")
	again.Icon, again.Primary = ui.IconHelp, true
	var items []*ui.Item
	for _, h := range helped {
		items = append(items, &ui.Item{Title: ui.T("web.help." + h.key), Detail: ui.T("web.help." + h.key + ".detail"),
			Icon: ui.IconHelp, Link: ui.To(h.path, "web.help."+h.key)})
	}
	return visit.Show(ui.NewPage("web.help.title",
		ui.Section("web.help.intro", ui.Text("web.help.intro.detail"), ui.Tools(again)),
		ui.Section("web.help.more", ui.List(items...)))), nil
}
