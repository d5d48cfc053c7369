package main

import (
	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ui"
)

// maxLabel is the length of a link's name, in characters.
const maxLabel = 60

// newLink is where the page asks for another address.
const newLink = "nouvelle"

// subscriptionPage lists the person's secret addresses and offers another.
func subscriptionPage(r *sdk.Request) (*ui.Page, error) { return subscriptions(r, nil, nil) }

// subscribe makes a secret address, which this answer alone shows.
func subscribe(r *sdk.Request) (*ui.Page, error) {
	in := r.Fields()
	in.Required("nom")
	label := in.Text("nom", maxLabel)
	wrong, err := in.Faults()
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return subscriptions(r, nil, wrong)
	}
	link, err := r.Links.Create(feedPath, label)
	if err != nil {
		return nil, err
	}
	return subscriptions(r, &link, nil)
}

// revoke ends one address; who reads with it reads no more.
func revoke(r *sdk.Request) (*sdk.Answer, error) {
	if err := r.Links.Revoke(r.PathValue("id")); err != nil {
		return nil, err
	}
	return sdk.GoTo("/abonnement").Say("agenda.feed.revoked"), nil
}

func subscriptions(r *sdk.Request, made *sdk.Link, wrong sdk.Faults) (*ui.Page, error) {
	links, err := r.Links.List(feedPath)
	if err != nil {
		return nil, err
	}
	page := ui.NewPage("agenda.feed.title")
	page.Crumbs = []*ui.Link{ui.To("/", "agenda.title")}
	if made != nil {
		page.Nodes = append(page.Nodes, shown(made))
	} else {
		page.Nodes = append(page.Nodes, ui.Text("agenda.feed.intro"))
	}
	var items []*ui.Item
	for _, l := range links {
		end := ui.Danger(ui.Button("/abonnement/"+l.ID+"/revoquer", "agenda.feed.revoke"), "agenda.feed.revoke.sure", "name", l.Label)
		end.Icon = ui.IconClose
		item := &ui.Item{Title: ui.S(l.Label), Icon: ui.IconLink, Actions: []*ui.Action{end},
			Detail: ui.T("agenda.feed.unused", "created", ui.Time(l.Created, ui.Date))}
		if !l.Used.IsZero() {
			item.Detail = ui.T("agenda.feed.used", "created", ui.Time(l.Created, ui.Date), "used", ui.Time(l.Used, ui.DateTime))
		}
		items = append(items, item)
	}
	form := ui.NewForm("/abonnement", "agenda.feed.create",
		ui.TextField("nom", "agenda.feed.name", ui.Required(), ui.Max(maxLabel), ui.Help("agenda.feed.name.help")))
	if len(wrong) > 0 {
		form = wrong.Blame(ui.Fill(form, r.PostForm), "agenda.form.refused")
	}
	page.Nodes = append(page.Nodes,
		ui.Section("agenda.feed.mine", ui.Empty(ui.List(items...), "agenda.feed.none", ui.Onto(newLink, ui.To("/abonnement", "agenda.feed.new")))),
		ui.Section("agenda.feed.new", ui.Named(newLink, ui.FormOf(form))),
		ui.Section("agenda.mine", ui.Text("agenda.mine.detail"),
			ui.Toolbar(nil, ui.WithIcon(ui.IconDownload, ui.ToFile("/mes-donnees.json", "agenda.mine.get", "agenda.json")))))
	return page, nil
}

// shown is the address with how to use it; it is not known again. The module
// does not know by what name the school's site is reached, the browser does: so
// the address is a link to touch or copy.
func shown(l *sdk.Link) *ui.Node {
	return ui.Section("agenda.feed.made", ui.Banner(ui.Warn, "agenda.feed.once"),
		ui.Markdown("["+l.Address+"]("+l.Address+")"), ui.Text("agenda.feed.how.copy"),
		ui.Text("agenda.feed.how.iphone"), ui.Text("agenda.feed.how.android"), ui.Text("agenda.feed.how.computer"))
}
