package console

import (
	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// showProfile answers the form to correct what a person is, with what a change
// would bring.
func (c *Console) showProfile(v *visit.Visit) (*visit.Answer, error) {
	m, err := c.touched(v)
	if err != nil {
		return nil, err
	}
	return visit.Show(c.profilePage(v, m, nil)), nil
}

func (c *Console) profilePage(v *visit.Visit, m *identity.Member, wrong error) *ui.Page {
	form := ui.NewForm(personPath(m.ID)+"/profil", "console.person.profile.save",
		ui.ChoiceField("profil", "console.profile", c.profiles(v), ui.Expanded(), ui.Chosen(string(m.Profile))))
	if wrong != nil {
		ui.Blame(ui.Fill(form, v.Form), wrong)
	}
	back := []*ui.Link{ui.To(peoplePath, "console.people"), ui.ToOf(personPath(m.ID), ui.S(m.Name()))}
	return page(ui.T("console.person.profile"), back, ui.Banner(ui.Warn, "console.person.profile.explain", "name", m.Name()),
		ui.List(implied(m)...), ui.FormOf(ui.Cancel(form, personPath(m.ID), "console.cancel")))
}

// implied says what a change of this person's profile brings.
func implied(m *identity.Member) (items []*ui.Item) {
	say := func(icon, key string, args ...any) {
		items = append(items, &ui.Item{Title: ui.T(key, args...), Icon: icon})
	}
	say(ui.IconKey, "console.person.profile.rights")
	if n := len(m.Guardians); n > 0 {
		say(ui.IconFamily, "console.person.profile.guardians", "n", n)
	}
	if n := len(m.Children); n > 0 {
		say(ui.IconFamily, "console.person.profile.children", "n", n)
	}
	if n := len(m.Groups); n > 0 {
		say(ui.IconSchool, "console.person.profile.groups", "n", n)
	}
	if len(m.Roles) > 0 {
		say(ui.IconShield, "console.person.profile.roles")
	}
	say(ui.IconArchive, "console.person.profile.kept")
	say(ui.IconUpload, "console.person.profile.import")
	return items
}

// profiles are those the visitor may give: who runs the school is named by those
// who may change rights.
func (c *Console) profiles(v *visit.Visit) (options []*ui.Option) {
	for _, p := range ids.Profiles() {
		if p != ids.Direction || c.may(v, access.AdminPermissions) {
			options = append(options, ui.OptionOf(string(p), ui.T("profile."+string(p))))
		}
	}
	return options
}

// setProfile keeps the correction.
func (c *Console) setProfile(v *visit.Visit) (*visit.Answer, error) {
	m, err := c.touched(v)
	if err != nil {
		return nil, err
	}
	profile := ids.Profile(v.Form.Get("profil"))
	if profile == ids.Direction && !c.may(v, access.AdminPermissions) {
		return nil, errors.New(errors.Denied, "console.person.protected")
	}
	err = c.Identity.SetProfile(v.Context, v.By(), v.School(), m.Person(), profile)
	if kind := errors.KindOf(err); kind == errors.Invalid || kind == errors.Conflict {
		return again(err, nil, func() *ui.Page { return c.profilePage(v, m, err) })
	}
	return done(m.ID, err)
}
