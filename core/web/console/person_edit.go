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

const newPersonPath = root + "/nouvelle-personne"

// showNewPerson answers the form to add somebody the directory has not.
func (c *Console) showNewPerson(v *visit.Visit) (*visit.Answer, error) {
	p, err := c.newPersonPage(v, nil)
	if err != nil {
		return nil, err
	}
	return visit.Show(p), nil
}

// newPersonPage is the form, with what was typed and what was wrong with it.
func (c *Console) newPersonPage(v *visit.Visit, wrong error) (*ui.Page, error) {
	groups, err := c.Identity.Groups(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	children, err := c.pupils(v, people(v.Form["enfants"]))
	if err != nil {
		return nil, err
	}
	var classes []*ui.Option
	for _, g := range groups {
		classes = append(classes, ui.OptionOf(g.ID, ui.S(g.Name)))
	}
	form := ui.NewForm(newPersonPath, "console.person.add",
		append(nameFields(identity.Details{}),
			ui.ChoiceField("profil", "console.profile", c.profiles(v), ui.Expanded(), ui.Chosen(string(ids.Eleve))),
			ui.PickerField("classes", "console.groups", classes, ui.Several(), ui.Help("console.person.groups.help")),
			ui.PickerField("enfants", "console.person.children", children, ui.Several(), ui.Help("console.person.children.help")))...)
	if wrong != nil {
		ui.Blame(ui.Fill(form, v.Form), wrong)
	}
	return page(ui.T("console.person.add"), []*ui.Link{ui.To(peoplePath, "console.people")}, ui.Text("console.person.add.explain"),
		ui.FormOf(ui.Cancel(form, peoplePath, "console.cancel"))), nil
}

// nameFields ask for what is written about a person.
func nameFields(d identity.Details) []*ui.Field {
	return []*ui.Field{
		ui.TextField("prenom", "console.person.firstname", ui.Value(d.FirstName), ui.Required(), ui.Max(100)),
		ui.TextField("nom", "console.person.lastname", ui.Value(d.LastName), ui.Required(), ui.Max(100)),
		ui.DateField("naissance", "console.person.birth", ui.Value(d.Birth)),
		ui.TextField("courriel", "console.person.email", ui.Value(d.Email), ui.As("email", ""), ui.Max(200)),
	}
}

// pupils are the options of a parent's children.
func (c *Console) pupils(v *visit.Visit, chosen []ids.PersonID) ([]*ui.Option, error) {
	list, err := c.Identity.Members(v.Context, v.School(), "", ids.Eleve)
	if err != nil {
		return nil, err
	}
	var options []*ui.Option
	for _, m := range list {
		o := ui.OptionOf(m.ID, ui.S(m.Name()))
		o.Selected = slices.Contains(chosen, m.Person())
		options = append(options, o)
	}
	return options, nil
}

func written(v *visit.Visit) identity.Details {
	d := identity.Details{FirstName: v.Form.Get("prenom"), LastName: v.Form.Get("nom"), Birth: v.Form.Get("naissance"),
		Email: v.Form.Get("courriel"), Profile: ids.Profile(v.Form.Get("profil")), Children: people(v.Form["enfants"])}
	for _, id := range v.Form["classes"] {
		d.Groups = append(d.Groups, ids.GroupID(id))
	}
	return d
}

// addPerson makes the person and answers their first password, this once.
func (c *Console) addPerson(v *visit.Visit) (*visit.Answer, error) {
	d := written(v)
	if d.Profile == ids.Direction && !c.may(v, access.AdminPermissions) {
		return nil, errors.New(errors.Denied, "console.person.protected")
	}
	first, err := c.Identity.AddPerson(v.Context, v.By(), v.School(), d)
	if err != nil {
		p, made := c.newPersonPage(v, err)
		return again(err, made, func() *ui.Page { return p })
	}
	return visit.Show(firstPassword(v, first)), nil
}

// showCorrect answers the form to correct what is written about a person.
func (c *Console) showCorrect(v *visit.Visit) (*visit.Answer, error) {
	m, err := c.touched(v)
	if err != nil {
		return nil, err
	}
	p, err := c.correctPage(v, m, nil)
	if err != nil {
		return nil, err
	}
	return visit.Show(p), nil
}

func (c *Console) correctPage(v *visit.Visit, m *identity.Member, wrong error) (*ui.Page, error) {
	form := ui.NewForm(personPath(m.ID)+"/corriger", "console.save",
		nameFields(identity.Details{FirstName: m.FirstName, LastName: m.LastName, Birth: m.Birth, Email: m.Email})...)
	if m.Profile == ids.Parent {
		children, err := c.pupils(v, m.Children)
		if err != nil {
			return nil, err
		}
		form.Fields = append(form.Fields, ui.PickerField("enfants", "console.person.children", children, ui.Several()))
	}
	if wrong != nil {
		ui.Blame(ui.Fill(form, v.Form), wrong)
	}
	back := []*ui.Link{ui.To(peoplePath, "console.people"), ui.ToOf(personPath(m.ID), ui.S(m.Name()))}
	return page(ui.T("console.person.correct"), back, ui.Text("console.person.correct.explain"),
		ui.FormOf(ui.Cancel(form, personPath(m.ID), "console.cancel"))), nil
}

// correct keeps the corrections.
func (c *Console) correct(v *visit.Visit) (*visit.Answer, error) {
	m, err := c.touched(v)
	if err != nil {
		return nil, err
	}
	err = c.Identity.CorrectPerson(v.Context, v.By(), v.School(), m.Person(), written(v))
	if kind := errors.KindOf(err); kind == errors.Invalid || kind == errors.Conflict {
		p, made := c.correctPage(v, m, err)
		return again(err, made, func() *ui.Page { return p })
	}
	return done(m.ID, err)
}

// firstPassword is the page that tells a first password: to be printed.
func firstPassword(v *visit.Visit, first *identity.FirstPassword) *ui.Page {
	name := first.FirstName + " " + first.LastName
	back := []*ui.Link{ui.To(peoplePath, "console.people"), ui.ToOf(personPath(string(first.Person)), ui.S(name))}
	return page(ui.T("console.password.title"), back,
		ui.Banner(ui.Warn, "console.password.once"),
		ui.Facts(
			ui.FactOf("console.person.name", ui.S(name)),
			ui.FactOf("console.person.school", ui.S(v.Session.Viewer.GetSchoolName())),
			ui.FactOf("console.person.login", ui.S(first.Login)),
			ui.FactOf("console.person.password", ui.S(first.Password)),
		),
		ui.Text("console.password.how"))
}

func people(posted []string) (out []ids.PersonID) {
	for _, id := range posted {
		out = append(out, ids.PersonID(id))
	}
	return out
}
