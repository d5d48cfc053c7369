package console

import (
	"net/url"
	"slices"
	"time"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// listNews answers what the school says on home pages, and the form for more.
func (c *Console) listNews(v *visit.Visit) (*visit.Answer, error) {
	p, err := c.newsPage(v, c.newsForm(v, newsPath, &home.Announcement{Tone: ui.Info}))
	if err != nil {
		return nil, err
	}
	return visit.Show(p), nil
}

func (c *Console) newsPage(v *visit.Visit, form *ui.Form) (*ui.Page, error) {
	list, err := c.Home.Announcements(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	var items []*ui.Item
	for _, a := range list {
		item := c.newsItem(v, a)
		if a.Receipt {
			if err := c.addReaders(v, a, item); err != nil {
				return nil, err
			}
		}
		items = append(items, item)
	}
	add := ui.Section("console.news.add", ui.Named(newOne, ui.FormOf(form)))
	closed, err := c.closed(v)
	if err != nil {
		return nil, err
	}
	if closed != nil {
		add.GetSection().Nodes = append([]*ui.Node{closed}, add.GetSection().Nodes...)
	}
	return page(ui.T("console.news"), nil, ui.Text("console.news.explain"), ui.Empty(ui.List(items...), "console.news.none", ui.Onto(newOne, ui.To(newsPath, "console.news.create"))), add), nil
}

func (c *Console) newsItem(v *visit.Visit, a *home.Announcement) *ui.Item {
	title := titleOf(a)
	item := &ui.Item{Title: ui.S(title), Detail: ui.S(c.audience(v, a)), Tone: a.Tone, Icon: ui.IconMegaphone,
		Link: ui.ToOf(newsPath+"/"+a.ID, ui.S(title)), When: ui.At(a.At),
		Actions: []*ui.Action{ui.Danger(ui.Button(newsPath+"/"+a.ID+"/retirer", "console.news.takedown"), "console.news.takedown.sure")}}
	if a.News {
		item.Icon = ui.IconNews
	}
	item.Badge = state(v, a)
	return item
}

// newOne is where a page of the console asks for another of what it lists.
const newOne = "ajouter"

// The kinds of announcement, as the form writes them.
const (
	kindBanner = "bandeau"
	kindNews   = "actualite"
)

var tones = map[string]ui.Tone{"info": ui.Info, "ok": ui.Ok, "warn": ui.Warn, "bad": ui.Bad}

func (c *Console) newsForm(v *visit.Visit, path string, a *home.Announcement) *ui.Form {
	var profiles []*ui.Option
	for _, p := range ids.Profiles() {
		o := ui.OptionOf(string(p), ui.T("console.profiles."+string(p)))
		o.Selected = slices.Contains(a.Profiles, p)
		profiles = append(profiles, o)
	}
	kind, level := kindBanner, "info"
	if a.News {
		kind = kindNews
	}
	for name, tone := range tones {
		if tone == a.Tone {
			level = name
		}
	}
	form := ui.NewForm(path, "console.news.publish",
		ui.ChoiceField("genre", "console.news.kind", ui.Choices(kindBanner, "console.news.banner", kindNews, "console.news.item"), ui.Chosen(kind), ui.Expanded()),
		ui.TextField("titre", "console.news.title", ui.Value(a.Title), ui.Max(120)),
		ui.LongField("texte", "console.news.text", ui.Value(a.Text), ui.Required(), ui.Rows(3), ui.Help("console.news.text.help")),
		ui.ChoiceField("niveau", "console.news.level",
			ui.Choices("info", "console.level.info", "ok", "console.level.ok", "warn", "console.level.warn", "bad", "console.level.bad"), ui.Chosen(level)),
		ui.CheckField("lecture", "console.news.receipt", ui.Checked(a.Receipt), ui.Help("console.news.receipt.help")),
		ui.ChoiceField("lien", "console.news.link", c.firstPages(v), ui.Chosen(string(a.Module)), ui.Help("console.news.link.help")),
		ui.TextField("adresse", "console.news.address", ui.Value(address(a)), ui.Max(500), ui.Help("console.news.address.help")),
		ui.DateTimeField("du", "console.news.from", on(v, a.From)),
		ui.DateTimeField("jusqua", "console.news.until", on(v, a.Until), ui.Help("console.news.until.help")),
		ui.ChoiceField("profils", "console.news.profiles", profiles, ui.Several(), ui.Expanded(), ui.Help("console.news.profiles.help")),
		ui.ChoiceField("classes", "console.news.classes", c.classes(v, a), ui.Several(), ui.Expanded(), ui.Help("console.news.classes.help")))
	if c.may(v, access.AdminUrgent) {
		form.Fields = append(form.Fields, ui.CheckField("urgent", "console.news.urgent", ui.Checked(a.Urgent), ui.Help("console.news.urgent.help")))
	}
	return form
}

// firstPages are the modules that an announcement may lead to.
func (c *Console) firstPages(v *visit.Visit) []*ui.Option {
	options := []*ui.Option{ui.OptionOf("", ui.T("console.news.nolink"))}
	for _, m := range c.Modules.Manifests() {
		if c.Modules.IsEnabled(v.School(), m.ID) {
			options = append(options, ui.OptionOf(string(m.ID), ui.S(c.moduleName(v, m.ID))))
		}
	}
	return options
}

// on shows a stored time in the visitor's zone, nothing for none.
func on(v *visit.Visit, t time.Time) ui.FieldOption {
	if t.IsZero() {
		return ui.Value("")
	}
	return ui.On(t.In(v.Say.Zone))
}

// newsOf reads the posted form; Invalid names the field of a date that is none.
func newsOf(v *visit.Visit, form url.Values) (*home.Announcement, error) {
	a := &home.Announcement{ID: v.Params["id"], News: form.Get("genre") == kindNews, Title: form.Get("titre"), Text: form.Get("texte"), Tone: tones[form.Get("niveau")],
		Module: ids.ModuleID(form.Get("lien")), Receipt: form.Get("lecture") != "" && form.Get("genre") != kindNews}
	if err := addressed(a, form.Get("adresse")); err != nil {
		return a, err
	}
	for _, g := range form["classes"] {
		a.Groups = append(a.Groups, ids.GroupID(g))
	}
	for _, p := range form["profils"] {
		a.Profiles = append(a.Profiles, ids.Profile(p))
	}
	for name, at := range map[string]*time.Time{"du": &a.From, "jusqua": &a.Until} {
		if text := form.Get(name); text != "" {
			t, err := time.ParseInLocation("2006-01-02T15:04", text, v.Say.Zone)
			if err != nil {
				return a, errors.Field(name, "console.date")
			}
			*at = t
		}
	}
	return a, nil
}

// announcement finds the one that the address names.
func (c *Console) announcement(v *visit.Visit) (*home.Announcement, error) {
	list, err := c.Home.Announcements(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	for _, a := range list {
		if a.ID == v.Params["id"] {
			return a, nil
		}
	}
	return nil, errors.New(errors.NotFound, "console.news.gone")
}

// showNews answers one announcement to be changed.
func (c *Console) showNews(v *visit.Visit) (*visit.Answer, error) {
	a, err := c.announcement(v)
	if err != nil {
		return nil, err
	}
	p, err := c.oneNews(v, a, c.newsForm(v, newsPath+"/"+a.ID, a))
	if err != nil {
		return nil, err
	}
	if a.Receipt {
		p.Nodes = append([]*ui.Node{ui.Toolbar(nil, ui.WithIcon(ui.IconEye, ui.To(newsPath+"/"+a.ID+"/lectures", "console.news.readers")))}, p.Nodes...)
	}
	return visit.Show(p), nil
}

// oneNews is the page on which an announcement that says was is changed.
func (c *Console) oneNews(v *visit.Visit, was *home.Announcement, form *ui.Form) (*ui.Page, error) {
	p := page(ui.T("console.news.change"), []*ui.Link{ui.To(newsPath, "console.news")})
	warned, err := c.withdraws(v, was)
	if warned != nil {
		p.Nodes = append(p.Nodes, warned)
	}
	p.Nodes = append(p.Nodes, ui.FormOf(ui.Cancel(form, newsPath, "console.cancel")))
	return p, err
}

// saveNews publishes a new announcement, or changes the one of the address.
func (c *Console) saveNews(v *visit.Visit) (*visit.Answer, error) {
	var was *home.Announcement
	if v.Params["id"] != "" {
		var err error
		if was, err = c.announcement(v); err != nil {
			return nil, err
		}
	}
	a, err := newsOf(v, v.Form)
	if err == nil {
		err = c.ownGroups(v, a.Groups)
	}
	if denied := c.hurry(v, a, was); denied != nil {
		return nil, denied
	}
	if err == nil {
		err = c.Home.Announce(v.Context, v.By(), v.School(), a)
	}
	if err == nil {
		return c.published(v, a), nil
	}
	if was != nil {
		p, made := c.oneNews(v, was, ui.Blame(ui.Fill(c.newsForm(v, newsPath+"/"+a.ID, a), v.Form), err))
		return again(err, made, func() *ui.Page { return p })
	}
	p, made := c.newsPage(v, ui.Blame(ui.Fill(c.newsForm(v, newsPath, a), v.Form), err))
	return again(err, made, func() *ui.Page { return p })
}

// takeDown removes an announcement.
func (c *Console) takeDown(v *visit.Visit) (*visit.Answer, error) {
	if err := c.Home.TakeDown(v.Context, v.By(), v.School(), v.Params["id"]); err != nil {
		return nil, err
	}
	return visit.GoTo(newsPath).Say("console.news.down"), nil
}
