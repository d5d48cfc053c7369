package console

import (
	"net/url"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// homesPath is the home pages of the profiles, ?profil= names one.
const homesPath = root + "/accueil"

func homePath(p ids.Profile) string {
	return homesPath + "?" + url.Values{"profil": {string(p)}}.Encode()
}

// homeProfile is the profile that the address or form names, pupils when it
// names none.
func homeProfile(values url.Values) (ids.Profile, error) {
	if !values.Has("profil") {
		return ids.Eleve, nil
	}
	if p := ids.Profile(values.Get("profil")); p.Valid() {
		return p, nil
	}
	return "", errors.New(errors.NotFound, "home.announcement.profile")
}

// showHomes answers what the school puts on the home pages of a profile.
func (c *Console) showHomes(v *visit.Visit) (*visit.Answer, error) {
	profile, err := homeProfile(v.Query)
	if err != nil {
		return nil, err
	}
	p, err := c.Home.SchoolPage(v.Context, v.School(), profile)
	if err != nil {
		return nil, err
	}
	profiles := make([]*ui.Link, 0, len(ids.Profiles()))
	for _, other := range ids.Profiles() {
		l := ui.To(homePath(other), "console.profiles."+string(other))
		l.Current = other == profile
		profiles = append(profiles, l)
	}
	nodes := []*ui.Node{ui.Text("console.homes.explain"), ui.Filters(ui.Filter("console.profile", profiles...)),
		ui.Section("console.homes.placed", ui.Text("console.homes.holds"), ui.Empty(placedList(v, p, profile), "console.homes.none", nil))}
	if f := sizesForm(v, p, profile); len(f.Fields) > 0 {
		nodes = append(nodes, ui.Section("console.homes.sizes", ui.FormOf(f)))
	}
	nodes = append(nodes, ui.Section("console.homes.offers", ui.Empty(offersList(v, p, profile), "console.homes.all", nil)))
	if p.Changed {
		nodes = append(nodes, ui.Tools(withIcon(ui.IconUndo, ui.Confirm(homeButton(profile, "origine", "", "console.homes.restore"), "console.homes.restore.sure"))))
	}
	return visit.Show(page(ui.T("console.homes"), nil, nodes...)), nil
}

// placedList lists what stands on the page, in order, with what can be done.
func placedList(v *visit.Visit, p *home.SchoolPage, profile ids.Profile) *ui.Node {
	items := make([]*ui.Item, 0, len(p.Layout))
	for i, at := range p.Layout {
		o := p.Offer(at.Widget)
		item := &ui.Item{Title: ui.S(widgetName(v, o)), Detail: ui.T("console.homes.size." + string(o.Size(at.Size))), Icon: widgetIcon(o)}
		do := func(what, key, icon string) {
			item.Actions = append(item.Actions, withIcon(icon, homeButton(profile, what, at.Instance, key)))
		}
		if i > 0 {
			do("monter", "console.homes.up", ui.IconUp)
		}
		if i < len(p.Layout)-1 {
			do("descendre", "console.homes.down", ui.IconDown)
		}
		switch at.Holds() {
		case home.Free:
			do("epingler", "console.homes.pin", ui.IconPin)
			do("verrouiller", "console.homes.lock", ui.IconLock)
		case home.PinnedIn:
			item.Badge, item.Tone = ui.T("console.homes.pinned"), ui.Info
			do("liberer", "console.homes.unpin", ui.IconPin)
			do("verrouiller", "console.homes.lock", ui.IconLock)
		case home.LockedIn:
			item.Badge, item.Tone = ui.T("console.homes.locked"), ui.Info
			do("epingler", "console.homes.pinonly", ui.IconPin)
			do("liberer", "console.homes.unlock", ui.IconLock)
		}
		do("enlever", "console.homes.remove", ui.IconHidden)
		items = append(items, item)
	}
	return ui.List(items...)
}

// sizesForm asks for the size of each widget that knows several.
func sizesForm(v *visit.Visit, p *home.SchoolPage, profile ids.Profile) *ui.Form {
	form := ui.Carry(ui.NewForm(homesPath, "console.save"), map[string]string{"profil": string(profile), "geste": "tailles"})
	for _, at := range p.Layout {
		o := p.Offer(at.Widget)
		if len(o.Sizes) < 2 {
			continue
		}
		var options []*ui.Option
		for _, s := range ui.Sizes() {
			if o.Size(s) == s {
				options = append(options, ui.OptionOf(string(s), ui.T("console.homes.size."+string(s))))
			}
		}
		form.Fields = append(form.Fields, labelled(ui.ChoiceField(at.Instance, "", options, ui.Chosen(string(o.Size(at.Size)))), widgetName(v, o), ""))
	}
	return form
}

// offersList lists what could be added.
func offersList(v *visit.Visit, p *home.SchoolPage, profile ids.Profile) *ui.Node {
	items := make([]*ui.Item, 0, len(p.Offers))
	for _, o := range p.Offers {
		items = append(items, &ui.Item{Title: ui.S(widgetName(v, o)), Icon: widgetIcon(o),
			Actions: []*ui.Action{withIcon(ui.IconAdd, homeButton(profile, "ajouter", o.Widget, "console.homes.add"))}})
	}
	return ui.List(items...)
}

func homeButton(profile ids.Profile, what, instance, key string) *ui.Action {
	return ui.Button(homesPath, key, "profil", string(profile), "geste", what, "bloc", instance)
}

func withIcon(icon string, a *ui.Action) *ui.Action {
	a.Icon = icon
	return a
}

// widgetName is in the words of the module that offers the widget.
func widgetName(v *visit.Visit, o home.Offer) string {
	module := home.Placement{Widget: o.Widget}.Module()
	if module == "core" {
		module = ""
	}
	return v.Say.In(module).T(o.Name)
}

func widgetIcon(o home.Offer) string {
	if o.Icon == "" {
		return ui.IconModules
	}
	return o.Icon
}
