package console

import (
	"slices"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// person reads whom the address names.
func (c *Console) person(v *visit.Visit) (*identity.Member, error) {
	return c.Identity.Member(v.Context, v.School(), ids.PersonID(v.Params["id"]))
}

// showPerson answers one person: who they are, whom they belong to, what the
// school may do.
func (c *Console) showPerson(v *visit.Visit) (*visit.Answer, error) {
	m, err := c.person(v)
	if err != nil {
		return nil, err
	}
	groups, err := c.Identity.Groups(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	nodes := []*ui.Node{c.personFacts(v, m, groups)}
	if !c.touchable(v, m) {
		nodes = append([]*ui.Node{ui.Banner(ui.Info, "console.person.protected")}, nodes...)
	} else {
		nodes = append(nodes, personTools(m))
	}
	for _, part := range []struct {
		key    string
		people []ids.PersonID
	}{{"console.person.children", m.Children}, {"console.person.guardians", m.Guardians}} {
		list, err := c.Identity.People(v.Context, v.School(), part.people...)
		if err != nil {
			return nil, err
		}
		if len(list) > 0 {
			nodes = append(nodes, ui.Section(part.key, ui.People(cards(v, list, groups)...)))
		}
	}
	if c.touchable(v, m) && !m.Left && m.Profile != ids.Parent {
		nodes = append(nodes, ui.Section("console.groups", ui.FormOf(groupsForm(m, groups))))
	}
	if c.may(v, access.AdminPermissions) && m.Staff() && !m.Left {
		nodes = append(nodes, ui.Section("console.person.roles", ui.FormOf(rolesForm(v, m))))
	}
	p := page(ui.S(m.Name()), []*ui.Link{ui.To(peoplePath, "console.people")}, nodes...)
	return visit.Show(p), nil
}

// touchable reports whether the visitor may act on the person: who runs the
// school is left to those who may change rights.
func (c *Console) touchable(v *visit.Visit, m *identity.Member) bool {
	runs := m.Profile == ids.Direction || slices.Contains(m.Roles, access.Administrateur)
	return !runs || c.may(v, access.AdminPermissions)
}

// touched is the person of the address when the visitor may act on them.
func (c *Console) touched(v *visit.Visit) (*identity.Member, error) {
	m, err := c.person(v)
	if err != nil {
		return nil, err
	}
	if !c.touchable(v, m) {
		return nil, errors.New(errors.Denied, "console.person.protected")
	}
	return m, nil
}

func (c *Console) personFacts(v *visit.Visit, m *identity.Member, groups []*identity.Group) *ui.Node {
	facts := []*ui.Fact{
		ui.FactOf("console.profile", ui.T("identity.profile."+string(m.Profile))),
		ui.FactOf("console.person.login", ui.S(m.Login)),
	}
	if m.Birth != "" {
		facts = append(facts, ui.FactOf("console.person.birth", ui.S(birth(v, m.Birth))))
	}
	if m.Email != "" {
		facts = append(facts, ui.FactOf("console.person.email", ui.S(m.Email)))
	}
	if a, err := c.Identity.Account(v.Context, m.Person()); err == nil {
		last := ui.T("console.person.never")
		if !a.SignedIn.IsZero() {
			last = ui.T("console.person.last", "at", ui.Time(a.SignedIn, ui.DateTime))
		}
		facts = append(facts, ui.FactOf("console.person.signin", last))
		if a.MustChange {
			facts = append(facts, &ui.Fact{Label: ui.T("console.person.password"), Value: ui.T("console.person.first"), Tone: ui.Info})
		}
	}
	if m.Left {
		facts = append(facts, &ui.Fact{Label: ui.T("console.module.state"), Value: ui.T("console.person.left"), Tone: ui.Warn})
	}
	return ui.Facts(facts...)
}

// personTools are the buttons of one person.
func personTools(m *identity.Member) *ui.Node {
	if m.Left {
		return ui.Tools(ui.Button(personPath(m.ID)+"/retour", "console.person.return"))
	}
	bar := ui.Tools(
		ui.Confirm(ui.Button(personPath(m.ID)+"/mot-de-passe", "console.person.reset"), "console.person.reset.sure", "name", m.Name()),
		ui.Danger(ui.Button(personPath(m.ID)+"/depart", "console.person.leave"), "console.person.leave.sure", "name", m.Name()),
	)
	bar.GetToolbar().Links = []*ui.Link{ui.WithIcon(ui.IconEdit, ui.To(personPath(m.ID)+"/corriger", "console.person.correct")),
		ui.WithIcon(ui.IconKey, ui.To(personPath(m.ID)+"/profil", "console.person.profile"))}
	return bar
}

func groupsForm(m *identity.Member, groups []*identity.Group) *ui.Form {
	var options []*ui.Option
	for _, g := range groups {
		o := ui.OptionOf(g.ID, ui.S(g.Name))
		o.Selected = slices.Contains(m.Groups, ids.GroupID(g.ID))
		options = append(options, o)
	}
	return ui.NewForm(personPath(m.ID)+"/classes", "console.save",
		ui.PickerField("classes", "console.groups", options, ui.Several()))
}

func rolesForm(v *visit.Visit, m *identity.Member) *ui.Form {
	form := ui.NewForm(personPath(m.ID)+"/roles", "console.save")
	for _, role := range access.ExtraRoles() {
		form.Fields = append(form.Fields, labelled(
			ui.CheckField("roles", "", ui.Value(role), ui.Checked(slices.Contains(m.Roles, role))),
			roleName(v, role), v.Say.T("console.role."+role)))
	}
	return form
}
