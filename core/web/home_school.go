package web

import (
	"bytes"
	"cmp"
	"net/url"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// schoolAt is the address of a profile's page as the school arranges it; with a
// mode, as people of the profile see it.
func schoolAt(path string, p ids.Profile, mode home.Mode) string {
	values := url.Values{"profil": {string(p)}}
	if mode != "" {
		values.Set("apercu", string(mode))
	}
	return path + "?" + values.Encode()
}

// schoolWay leads an administrator to the school's page for a profile.
func schoolWay(p ids.Profile) *ui.Link {
	return ui.To(schoolAt(draw.SchoolHome, p, ""), "web.school.arrange")
}

// profileOf is the profile that the address or form names, pupils when it names
// none.
func profileOf(values url.Values) (ids.Profile, error) {
	if !values.Has("profil") {
		return ids.Eleve, nil
	}
	if p := ids.Profile(values.Get("profil")); p.Valid() {
		return p, nil
	}
	return "", errors.New(errors.NotFound, "home.announcement.profile")
}

// showSchoolHome answers the page of a profile with its handles, or as somebody
// of that profile sees it. Whatever it shows are examples, or the
// administrator's own.
func (a *App) showSchoolHome(c *call) error {
	v, err := c.visitor()
	if err != nil {
		return err
	}
	profile, err := profileOf(v.Query)
	if err != nil {
		return err
	}
	page, err := a.Home.SchoolPage(v.Context, v.School(), profile)
	if err != nil {
		return err
	}
	mode, layout := home.Mode(v.Query.Get("apercu")), page.Layout
	if mode == home.GuidedMode {
		layout = page.Guided()
	}
	shown, err := a.Home.Preview(v.Context, v.Caller(), page, layout)
	if err != nil {
		return err
	}
	if c.wantsJSON() {
		return a.homeJSON(c, &home.Composed{Mode: mode, Widgets: shown})
	}
	p := c.schoolPage(page, mode)
	c.fill(p, shown)
	var b bytes.Buffer
	if err := draw.Home(&b, c.drawing(), c.layout(), p); err != nil {
		return err
	}
	return c.send(200, htmlType, b.Bytes())
}

// schoolPage is the page without its widgets.
func (c *call) schoolPage(page *home.SchoolPage, mode home.Mode) *draw.HomePage {
	say, who := c.speaker(), c.speaker().T("web.school.profile."+string(page.Profile))
	p := &draw.HomePage{Greeting: say.T("web.school.title", "profile", who), Name: say.T("web.school.title", "profile", who),
		Lead: say.T("web.school.lead"), Crumbs: []*ui.Link{ui.To("/administration", "web.school.crumb")}}
	profiles := draw.TabGroup{Label: say.T("web.school.profiles")}
	for _, one := range ids.Profiles() {
		profiles.Links = append(profiles.Links, draw.TabLink{Href: schoolAt(draw.SchoolHome, one, mode), Label: say.T("web.school.profile." + string(one)), Current: one == page.Profile})
	}
	views := draw.TabGroup{Label: say.T("web.school.views")}
	for _, one := range []home.Mode{"", home.GuidedMode, home.ExpertMode} {
		views.Links = append(views.Links, draw.TabLink{Href: schoolAt(draw.SchoolHome, page.Profile, one), Label: say.T("web.school.view." + cmp.Or(string(one), "arrange")), Current: one == mode})
	}
	p.Tabs, p.Views = []draw.TabGroup{profiles}, views
	if mode.Valid() {
		p.Lead = say.T("web.school.preview."+string(mode), "profile", who)
		return p
	}
	p.Edit = &draw.Arranging{Action: draw.SchoolHome, Carry: draw.Carried{Name: "profil", Value: string(page.Profile)}, Holds: true,
		Catalogue: schoolAt(draw.SchoolCatalogue, page.Profile, ""), Block: schoolAt(draw.SchoolBlock, page.Profile, "") + "&bloc=",
		Undo: page.Undo, Redo: page.Redo, Changed: page.Changed, Reset: say.T("web.school.reset")}
	return p
}

// arrangeSchoolHome makes one change of what the school shows to a profile.
func (a *App) arrangeSchoolHome(c *call) error {
	v, err := c.visitor()
	if err != nil {
		return err
	}
	profile, err := profileOf(v.Form)
	if err != nil {
		return err
	}
	var out done
	err = a.Home.ChangeSchool(v.Context, v.By(), v.School(), profile, func(p *home.SchoolPage) (err error) {
		var known bool
		if out, known, err = gesture(v, p, &p.Layout); known || err != nil {
			return err
		}
		out, err = holdGesture(v, p)
		return err
	})
	if c.wantsJSON() {
		if err != nil {
			return err
		}
		return c.SendStatus(204)
	}
	return c.arranged(schoolAt(draw.SchoolHome, profile, ""), out, err)
}

// holdGesture pins, locks or lets go.
func holdGesture(v *visit.Visit, p *home.SchoolPage) (done, error) {
	instance := v.Form.Get("instance")
	hold, ok := map[string]home.Hold{"epingler": home.PinnedIn, "verrouiller": home.LockedIn, "liberer": home.Free}[v.Form.Get("geste")]
	if !ok {
		return done{}, errors.New(errors.Invalid, "web.garbage")
	}
	if err := p.Keep(instance, hold); err != nil {
		return done{}, err
	}
	key := map[home.Hold]string{home.PinnedIn: "web.school.pinned", home.LockedIn: "web.school.locked", home.Free: "web.school.freed"}[hold]
	return done{ui.T(key, "name", blockName(v, p, p.Layout[p.Layout.Index(instance)])), draw.WidgetAnchor(instance)}, nil
}

// showSchoolCatalogue answers what may be placed on a profile's page, as
// examples.
func (a *App) showSchoolCatalogue(c *call) error {
	v, err := c.visitor()
	if err != nil {
		return err
	}
	profile, err := profileOf(v.Query)
	if err != nil {
		return err
	}
	page, err := a.Home.SchoolPage(v.Context, v.School(), profile)
	if err != nil {
		return err
	}
	say := c.speaker()
	p := &draw.CataloguePage{Title: say.T("draw.home.catalogue"), Lead: say.T("web.school.catalogue", "profile", say.T("web.school.profile."+string(profile))),
		Crumbs: []*ui.Link{ui.To("/administration", "web.school.crumb"), schoolWay(profile)},
		Action: draw.SchoolHome, Carry: draw.Carried{Name: "profil", Value: string(profile)}}
	p.Groups = c.offered(a.Home.Samples(v.Context, v.Caller(), page), page.Layout)
	return a.sendCatalogue(c, p)
}

// showSchoolBlock answers the settings of one block of the school's page.
func (a *App) showSchoolBlock(v *visit.Visit) (*visit.Answer, error) {
	return a.schoolBlock(v, v.Query, nil)
}

func (a *App) schoolBlock(v *visit.Visit, from url.Values, wrong error) (*visit.Answer, error) {
	profile, err := profileOf(from)
	if err != nil {
		return nil, err
	}
	page, err := a.Home.SchoolPage(v.Context, v.School(), profile)
	if err != nil {
		return nil, err
	}
	b, err := blockOf(page, page.Layout, from.Get("bloc"), nil)
	if err != nil {
		return nil, err
	}
	back := schoolAt(draw.SchoolHome, profile, "")
	form := b.form(v, draw.SchoolBlock, map[string]string{"profil": string(profile), "bloc": b.at.Instance}, back)
	return b.page(v, page, form, back, "web.school.arrange", wrong), nil
}

// setSchoolBlock keeps the settings of a block of the school's page.
func (a *App) setSchoolBlock(v *visit.Visit) (*visit.Answer, error) {
	profile, err := profileOf(v.Form)
	if err != nil {
		return nil, err
	}
	instance, name := v.Form.Get("bloc"), ""
	err = a.Home.ChangeSchool(v.Context, v.By(), v.School(), profile, func(p *home.SchoolPage) error {
		b, err := blockOf(p, p.Layout, instance, nil)
		if err != nil {
			return err
		}
		t, err := b.read(v.Form)
		if err != nil {
			return err
		}
		if err = p.Tune(instance, t); err == nil {
			name = blockName(v, p, p.Layout[p.Layout.Index(instance)])
		}
		return err
	})
	if errors.KindOf(err) == errors.Invalid {
		return a.schoolBlock(v, v.Form, err)
	}
	if err != nil {
		return nil, err
	}
	return visit.GoTo(schoolAt(draw.SchoolHome, profile, "")).Near(draw.WidgetAnchor(instance)).Say("web.block.saved", "name", name), nil
}
